import { LoggerService } from '@backstage/backend-plugin-api';
import { redact } from '../kube';

/** A logger that writes only the messages that a person at a terminal needs. */
export function warningsTo(stream: NodeJS.WritableStream): LoggerService {
  const write = (message: string) => stream.write(`${redact(message)}\n`);
  const logger: LoggerService = {
    debug: () => {},
    info: () => {},
    warn: write,
    error: write,
    child: () => logger,
  };
  return logger;
}
