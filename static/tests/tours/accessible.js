/**
 * What a screen reader and weak eyes need, of what this addon shows: every control has a
 * name, every picture a text or none to read, every text stands out (WCAG 2 AA), a menu
 * holds items alone, and what scrolls can be scrolled by keys.
 */

const CONTROLS = "button, a[href], input:not([type=hidden]), select, textarea, [role=button]";
/** Odoo's own, of every list. */
const ODOOS = "[aria-hidden=true], .o_list_actions_header, .o_list_record_selector";

export function assertAccessible(root) {
    const wrong = [
        ...nameless(root),
        ...faint(root),
        ...unsaidPictures(root),
        ...strangersInMenus(root),
        ...mouseOnly(root),
    ];
    if (wrong.length) {
        throw new Error(`Not accessible:\n${wrong.join("\n")}`);
    }
}

/** A step of a tour that checks what the selector shows. */
export const accessible = (selector) => ({
    content: "A screen reader and weak eyes have what they need",
    trigger: selector,
    run({ anchor }) {
        assertAccessible(anchor);
    },
});

function shown(element) {
    const { visibility, opacity } = getComputedStyle(element);
    return element.getClientRects().length && visibility === "visible" && opacity !== "0";
}

function told(element) {
    return element.outerHTML.replace(/\s+/g, " ").slice(0, 160);
}

function* nameless(root) {
    for (const control of root.querySelectorAll(CONTROLS)) {
        const labelled = control.getAttribute("aria-labelledby");
        const named =
            control.getAttribute("aria-label") ||
            (labelled && document.getElementById(labelled)?.textContent) ||
            control.title ||
            control.placeholder ||
            control.textContent.trim() ||
            [...(control.labels || [])].some((label) => label.textContent.trim()) ||
            control.querySelector("img[alt]:not([alt='']), [aria-label]");
        if (shown(control) && !named && !control.closest(ODOOS)) {
            yield `without a name: ${told(control)}`;
        }
    }
}

function* unsaidPictures(root) {
    for (const picture of root.querySelectorAll("img:not([alt])")) {
        if (shown(picture)) {
            yield `picture without text: ${told(picture)}`;
        }
    }
}

/** A list in a menu is no item of it, and is not read. */
function* strangersInMenus(root) {
    for (const stranger of root.querySelectorAll("ul:not([role]), li:not([role])")) {
        if (stranger.closest("[role=menu]")) {
            yield `no item of a menu: ${told(stranger)}`;
        }
    }
}

function* mouseOnly(root) {
    for (const area of root.querySelectorAll("main, section, div, ul")) {
        const scrolls = ["auto", "scroll"].includes(getComputedStyle(area).overflowY);
        const reached = area.matches("[tabindex]") || area.querySelector(`${CONTROLS}, [tabindex]`);
        if (scrolls && area.scrollHeight > area.clientHeight + 1 && shown(area) && !reached) {
            yield `scrolled by a mouse only: ${told(area)}`;
        }
    }
}

function* faint(root) {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement;
        const isIcon = element.classList.contains("fa") || element.classList.contains("oi");
        if (!texts.currentNode.data.trim() || isIcon || !shown(element)) {
            continue;
        }
        if (element.closest("[disabled], .o_readonly_modifier, .o_arrow_button, style, script")) {
            continue;
        }
        const { color, fontSize, fontWeight } = getComputedStyle(element);
        const size = parseFloat(fontSize);
        const large = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
        const back = background(element);
        if (back && contrast(over(rgba(color), back), back) < (large ? 3 : 4.5)) {
            yield `too faint (${color} on ${back.slice(0, 3)}): ${told(element)}`;
        }
    }
}

/** The colour behind an element, or nothing where a picture is. */
function background(element) {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
        const { backgroundColor, backgroundImage } = getComputedStyle(each);
        if (backgroundImage !== "none") {
            return null;
        }
        const layer = rgba(backgroundColor);
        layers.unshift(layer);
        if (layer[3] === 1) {
            break;
        }
    }
    return layers.reduce((under, layer) => over(layer, under), [255, 255, 255, 1]);
}

function rgba(text) {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
}

function over([r, g, b, a], [R, G, B]) {
    return [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
}

function luminance([r, g, b]) {
    const [x, y, z] = [r, g, b].map((value) => {
        const part = value / 255;
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
}

function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
}
