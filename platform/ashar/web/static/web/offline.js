if ("serviceWorker" in navigator) navigator.serviceWorker.register("/offline-worker.js");
