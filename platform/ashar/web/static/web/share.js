"use strict";
// The one thing here that needs a script: put the address into the clipboard. Without one the button stays hidden.
for (const button of document.querySelectorAll(".share-copy")) {
  const address = button.parentElement.querySelector(".share-address input");
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(address.value);
      button.textContent = button.dataset.copied;
    } catch (refused) {
      address.select();
    }
  });
}
