import { parseArgs } from 'node:util';
import { Problem } from './Problem.mjs';

export const usage = `npm start [-- OPTIONS]

  --port PORT          port of the portal, 3000 by default (or BERTH_PORT)
  --backend-port PORT  port of its backend, 7007 by default (or BERTH_BACKEND_PORT)
  --built              serve the app that "yarn workspace app build" built; pages load faster
  --no-clusters        do not start the two sandbox clusters
  --verbose            show all output of the portal
  --help               show this text
`;

/**
 * @typedef {{port: number, backendPort: number, built: boolean, clusters: boolean, verbose: boolean, help: boolean}} StartOptions
 */

/**
 * Reads the command line of `npm start`. Options that are not given come from the environment.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {StartOptions}
 * @throws Problem naming the option and the rule
 */
export function readStartOptions(args, env) {
  const values = parse(args);
  const port = readPort('--port', values.port ?? env.BERTH_PORT ?? '3000');
  const backendPort = readPort(
    '--backend-port',
    values['backend-port'] ?? env.BERTH_BACKEND_PORT ?? '7007',
  );
  if (port === backendPort) {
    throw new Problem(
      `--port and --backend-port are both ${port}, but must differ.`,
    );
  }
  return {
    port,
    backendPort,
    built: values.built ?? false,
    clusters: !values['no-clusters'],
    verbose: values.verbose ?? false,
    help: values.help ?? false,
  };
}

function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string' },
        'backend-port': { type: 'string' },
        built: { type: 'boolean' },
        'no-clusters': { type: 'boolean' },
        verbose: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new Problem(`${error.message}\n\n${usage}`);
  }
}

function readPort(name, text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Problem(
      `${name} is ${JSON.stringify(text)}, but must be a port from 1 to 65535.`,
    );
  }
  return port;
}
