// Menus close on Escape, with the focus back on their name, and when one goes elsewhere. Without this they still open.
const open = () => document.querySelector(".dc-menus details[open]");

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && open();
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

for (const moved of ["click", "focusin"]) {
  document.addEventListener(moved, (event) => {
    const menu = open();
    if (menu && !menu.contains(event.target)) menu.open = false;
  });
}
