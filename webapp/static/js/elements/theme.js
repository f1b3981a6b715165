/**
 * Day, night, or as the phone. Every page's first script follows what is kept, before the first
 * paint (layouts/theme.js), and again when it is told of a change.
 * @param {string} choice "day", "night", or "" for the phone's own
 */
export function setTheme(choice) {
  localStorage.theme = choice;
  dispatchEvent(new Event("theme"));
}
