// The form saved itself after all: what said that it was not saved is no longer true.
document.addEventListener("w-autosave:success", () => {
  document.querySelectorAll("[data-not-saved]").forEach((said) => said.closest("li").remove());
});
