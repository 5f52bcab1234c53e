"""An event: canonical values, its form in Google, the Store's words, merge, plan."""
