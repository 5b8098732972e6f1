// Limited and administrator access in the desktop: what is missing is said, one password opens it, and it ends again.
import { isAccessibleInBoth, SCREENS } from "../support/accessible.ts";
import { EditorApp, FilesApp } from "../support/files.ts";
import { ask } from "../support/lab.ts";
import { expect, test } from "../support/test.ts";

const FOLDER = "/root/administrator e2e";
const TURN_ON = "Turn on administrator access";

test.use({ expectedErrors: [/status of 4(00|03|04)/] });

test("a folder and a file that are root's open and save with administrator access, and not without", async ({ desktop, richHost }) => {
  test.slow();
  await ask(richHost, "sh", "-c", `rm -rf '${FOLDER}'; mkdir -m 700 '${FOLDER}' && cd '${FOLDER}' && echo first >note.txt && chown daemon:shadow note.txt && chmod 640 note.txt`);
  await desktop.connect(richHost, "admin");
  await desktop.window(`Dashboard – ${richHost.name}`).getByRole("button", { name: "Close" }).click();
  const files = new FilesApp(desktop, richHost.name);
  await files.open("/");
  await files.openItem("root");
  const { window } = files;
  await expect(window.getByText("admin may not look into root")).toBeVisible();
  await isAccessibleInBoth(desktop, "a folder that only root may read");
  await window.getByRole("button", { name: TURN_ON }).click();

  const dialog = desktop.dialog(TURN_ON);
  const password = dialog.getByLabel("Password of admin");
  await password.fill("wr0ng");
  await isAccessibleInBoth(desktop, "the password for administrator access");
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByText("That password was refused")).toBeVisible();
  await expect(password).toBeFocused();
  await password.fill("labpw");
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog).toBeHidden();

  const access = desktop.taskbar.getByRole("switch", { name: "Administrator access" });
  await expect(access).toBeChecked();
  await expect(window.getByText("Administrator", { exact: true })).toBeVisible();
  await files.openItem("administrator e2e");
  await files.openItem("note.txt");
  const editor = new EditorApp(desktop, richHost.name);
  await editor.shows("first");
  await editor.append("second");
  await editor.save();
  await editor.isSaved("note.txt");
  expect(await ask(richHost, "sh", "-c", `cd '${FOLDER}' && cat note.txt && stat -c '%U:%G %a' note.txt`)).toBe("first\nseconddaemon:shadow 640\n");
  await isAccessibleInBoth(desktop, "administrator access is on");
  await desktop.page.setViewportSize(SCREENS.phone);
  await isAccessibleInBoth(desktop, "administrator access is on, on a phone");
  await desktop.page.setViewportSize(SCREENS.desk);

  await access.click();
  const on = desktop.dialog("Administrator access is on");
  await expect(on.getByRole("button", { name: "Turn off" })).toBeFocused();
  await on.getByRole("button", { name: "Turn off" }).click();
  await expect(access).not.toBeChecked();
  await editor.append("third");
  await editor.save();
  const refused = editor.window.getByRole("alert").filter({ hasText: "Permission denied" });
  await expect(refused).toBeVisible();
  // What was refused is done once it is on.
  await refused.getByRole("button", { name: TURN_ON }).click();
  await desktop.dialog(TURN_ON).getByLabel("Password of admin").fill("labpw");
  await desktop.dialog(TURN_ON).getByRole("button", { name: "Turn on" }).click();
  await editor.isSaved("note.txt");
  expect(await ask(richHost, "cat", `${FOLDER}/note.txt`)).toBe("first\nsecondthird");
  await ask(richHost, "rm", "-r", FOLDER);
});

test("on a phone the way to it is in the start menu, and what is on is seen in the taskbar", async ({ desktop, richHost }) => {
  await desktop.page.setViewportSize(SCREENS.phone);
  await desktop.connect(richHost, "ops");
  const access = desktop.taskbar.getByRole("switch", { name: "Administrator access" });
  await expect(access).toBeHidden();
  await desktop.taskbar.getByRole("button", { name: "Start" }).click();
  await isAccessibleInBoth(desktop, "start menu on a phone");
  await desktop.dialog("Start menu").getByRole("button", { name: "Administrator access" }).click();
  await expect(access).toBeChecked();
});

test("who needs no password is not asked for one, and who may not is told why", async ({ desktop, richHost }) => {
  await desktop.connect(richHost, "ops");
  const access = desktop.taskbar.getByRole("switch", { name: "Administrator access" });
  await access.focus();
  await desktop.page.keyboard.press("Enter");
  await expect(access).toBeChecked();
  await expect(desktop.dialog(TURN_ON)).toBeHidden();

  await desktop.addServer({ host: richHost.address, port: richHost.port, user: "plain", name: "as plain" });
  await desktop.enterPassword("labpw");
  await desktop.isConnected("as plain");
  await expect(access).not.toBeChecked();
  await access.click();
  const dialog = desktop.dialog(TURN_ON);
  await dialog.getByLabel("Password of plain").fill("labpw");
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(dialog.getByRole("alert")).toContainText("not in the sudoers file");
  await dialog.getByText("su, with root’s password").click();
  await dialog.getByLabel("Password of root").fill("labpw");
  await dialog.getByRole("button", { name: "Turn on" }).click();
  await expect(access).toBeChecked();
});
