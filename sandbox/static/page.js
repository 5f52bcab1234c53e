"use strict";

const editor = document.getElementById("editor");

/** Open the dialog on an event's values; without them, on a new event. */
function edit(values) {
    const form = editor.querySelector("form");
    form.reset();
    const existing = Boolean(values.id);
    form.querySelector("h2").textContent = editor.dataset[existing ? "edit" : "new"];
    for (const [name, value] of Object.entries(values)) {
        const field = form.elements[name];
        if (field.type === "checkbox") {
            field.checked = value;
        } else {
            offer(field, value);
            field.value = value;
        }
    }
    form.elements.reminder_before.value = existing ? values.reminder : "";
    form.elements.calendar_before.value = existing ? values.calendar : "";
    form.querySelector(".delete").hidden = !existing;
    for (const choice of form.querySelectorAll(".series")) {
        choice.hidden = !values.series;
    }
    showTimes();
    editor.showModal();
}

/** A reminder that the list does not have: add it rather than lose it. */
function offer(field, value) {
    const known = field.name !== "reminder" || [...field.options].some((o) => o.value === value);
    if (!known) {
        field.add(new Option(`${value} min`, value));
    }
}

function showTimes() {
    const form = editor.querySelector("form");
    for (const name of ["start_time", "end_time"]) {
        form.elements[name].hidden = form.elements.all_day.checked;
        form.elements[name].required = !form.elements.all_day.checked;
    }
}

if (editor) {
    for (const button of document.querySelectorAll("[data-event]")) {
        button.addEventListener("click", () => edit(JSON.parse(button.dataset.event)));
    }
    const day = editor.dataset.today;
    document.getElementById("new").addEventListener("click", () =>
        edit({ id: "", start_date: day, end_date: day, start_time: "09:00", end_time: "10:00" })
    );
    editor.querySelector("[name=all_day]").addEventListener("change", showTimes);
    editor.querySelector(".close").addEventListener("click", () => editor.close());
}

const contactEditor = document.getElementById("contact_editor");

/** Open the contact's dialog; without values, on a new contact. */
function editContact(values) {
    const form = contactEditor.querySelector("form");
    form.reset();
    form.elements.photo.value = "";
    form.elements.contact.value = "";
    const existing = Boolean(values.contact);
    form.querySelector("h2").textContent = contactEditor.dataset[existing ? "edit" : "new"];
    for (const [name, value] of Object.entries(values)) {
        form.elements[name].value = value;
    }
    form.querySelector(".delete").hidden = !existing;
    contactEditor.showModal();
}

if (contactEditor) {
    for (const row of document.querySelectorAll("[data-contact]")) {
        row.addEventListener("click", () => editContact(JSON.parse(row.dataset.contact)));
    }
    document.getElementById("new_contact").addEventListener("click", () => editContact({}));
    contactEditor.querySelector(".close").addEventListener("click", () => contactEditor.close());
    contactEditor.querySelector("[type=file]").addEventListener("change", (event) => {
        const reader = new FileReader();
        reader.addEventListener("load", () => {
            contactEditor.querySelector("[name=photo]").value = reader.result;
        });
        if (event.target.files.length) {
            reader.readAsDataURL(event.target.files[0]);
        }
    });
}

for (const form of document.querySelectorAll("form[data-confirm]")) {
    form.addEventListener("submit", (event) => {
        if (!confirm(form.dataset.confirm)) {
            event.preventDefault();
        }
    });
}
