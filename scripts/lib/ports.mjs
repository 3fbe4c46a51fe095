import { createServer } from 'node:net';
import { Problem } from './Problem.mjs';

/** The addresses of "localhost". */
const LOOPBACK = ['127.0.0.1', '::1'];

/** @throws Problem if one of the two ports is taken */
export async function assertPortsFree({ port, backendPort }) {
  const busy = [];
  for (const candidate of [port, backendPort]) {
    for (const host of LOOPBACK) {
      if (!(await isFree(candidate, host)) && !busy.includes(candidate)) {
        busy.push(candidate);
      }
    }
  }
  if (busy.length > 0) {
    throw new Problem(
      `Port ${busy.join(
        ' and port ',
      )} on this machine is taken, perhaps by another portal. Stop that program, or choose other ports:\n\n    npm start -- --port ${
        port + 100
      } --backend-port ${backendPort + 100}`,
    );
  }
}

function isFree(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', error => {
      if (error.code === 'EADDRINUSE') {
        resolve(false);
      } else if (['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code)) {
        // A machine without IPv6.
        resolve(true);
      } else if (error.code === 'EACCES') {
        reject(new Problem(`This user may not listen on port ${port}.`));
      } else {
        reject(error);
      }
    });
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
