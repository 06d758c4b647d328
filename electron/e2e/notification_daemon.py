#!/usr/bin/python3
"""Takes notifications for tests: owns org.freedesktop.Notifications on the
session bus, as a desktop's shell does. Needs Debian's python3-gi (hence
/usr/bin/python3).

Prints {"ready": true} once it is there; then each notification as a line of
JSON, {"title": ..., "body": ...}. Ends at the end of stdin.
"""
import json
import sys

from gi.repository import Gio, GLib

NAME = "org.freedesktop.Notifications"
INTERFACE = f"""<node><interface name="{NAME}">
  <method name="Notify">
    <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
    <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
    <arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
  </method>
  <method name="CloseNotification"><arg type="u" direction="in"/></method>
  <method name="GetCapabilities"><arg type="as" direction="out"/></method>
  <method name="GetServerInformation">
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
    <arg type="s" direction="out"/><arg type="s" direction="out"/>
  </method>
  <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
</interface></node>"""

shown = 0


def say(value):
    print(json.dumps(value), flush=True)


def on_call(_bus, _sender, _path, _interface, method, arguments, invocation):
    global shown
    answer = None
    if method == "Notify":
        _app, _replaces, _icon, title, body, *_rest = arguments.unpack()
        shown += 1
        say({"title": title, "body": body})
        answer = GLib.Variant("(u)", (shown,))
    elif method == "GetCapabilities":
        answer = GLib.Variant("(as)", (["body", "actions"],))
    elif method == "GetServerInformation":
        answer = GLib.Variant("(ssss)", ("tests", "cliproxy-sync", "1", "1.2"))
    invocation.return_value(answer)


def on_input(_channel, _condition):
    data = sys.stdin.buffer.read1(65536)
    if not data:
        loop.quit()
    return bool(data)


loop = GLib.MainLoop()
bus = Gio.bus_get_sync(Gio.BusType.SESSION)
bus.register_object("/org/freedesktop/Notifications", Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0],
                    on_call, None, None)
Gio.bus_own_name_on_connection(bus, NAME, Gio.BusNameOwnerFlags.NONE, lambda *_: say({"ready": True}),
                               lambda *_: sys.exit(f"could not own {NAME}, or lost it"))
GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT,
                  GLib.IOCondition.IN | GLib.IOCondition.HUP, on_input)
loop.run()
