/**
 * The least that a tray application can be: an icon (EMPTY_APP_ICON), a menu of one row, and a window on request.
 * What ours costs is measured against it, and tests learn from it how an icon looks on the bus.
 */
const { app, BrowserWindow, Menu, Tray } = require('electron');

app.on('window-all-closed', () => undefined);
void app.whenReady().then(() => {
  const tray = new Tray(process.env.EMPTY_APP_ICON);
  globalThis.emptyApp = { tray };
  tray.setToolTip('empty');
  const open = () => {
    const window = new BrowserWindow({ width: 900, height: 600, webPreferences: { sandbox: true } });
    void window.loadURL('data:text/html,<title>empty</title><h1>empty</h1>');
  };
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Open', click: open },
      { label: 'Quit', click: () => app.quit() },
    ]),
  );
});
