// Makes every use of localStorage throw, as in a browser that refuses it.
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("refused", "SecurityError"); } });
