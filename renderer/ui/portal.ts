/**
 * Where dialogs, menus and lists are put: inside of `main`, since a landmark must hold all content (axe's `region`).
 * bits-ui's `Portal` takes it as `to`.
 */
export const PORTAL = '#portal';
