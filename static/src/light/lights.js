/** Icon and colour per state: the words say it too, for whoever sees no colour. */
export const LIGHTS = {
    off: { icon: "fa-circle-o", color: "o_google_sync_muted" },
    partly: { icon: "fa-exclamation-circle", color: "text-warning" },
    waiting: { icon: "fa-hourglass-half", color: "text-warning" },
    paused: { icon: "fa-pause-circle", color: "text-info" },
    held: { icon: "fa-pause-circle", color: "text-info" },
    resetting: { icon: "fa-undo", color: "text-info" },
    to_start: { icon: "fa-play-circle", color: "text-info" },
    ending: { icon: "fa-clock-o", color: "text-warning" },
    connected: { icon: "fa-check-circle", color: "text-success" },
    to_reconnect: { icon: "fa-exclamation-circle", color: "text-warning" },
    error: { icon: "fa-times-circle", color: "text-danger" },
    suspended: { icon: "fa-pause-circle", color: "text-muted" },
};

/** The same for one record: whether it is in step with Google. */
export const SIGNS = {
    linked: { icon: "fa-check-circle", color: "text-success" },
    waiting: { icon: "fa-clock-o", color: "text-info" },
    question: { icon: "fa-question-circle", color: "text-warning" },
    problem: { icon: "fa-exclamation-triangle", color: "text-danger" },
    out: { icon: "fa-circle-o", color: "text-muted" },
};
