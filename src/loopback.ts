/** Whether an address to listen on can be reached from this machine only. */
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** `127.0.0.0/8`, `::1` and `localhost`; every other address needs an operator key. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host);
