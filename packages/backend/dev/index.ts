import { runExampleClusters } from './clusters/runExampleClusters';

/*
 * `npm start` runs this next to the backend, with the backend's address as its argument. It is a separate
 * process, so that the clusters survive when the backend restarts after a change.
 */
const [backendUrl = 'http://localhost:7007'] = process.argv.slice(2);

runExampleClusters(backendUrl).catch(error => {
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exit(1);
});
