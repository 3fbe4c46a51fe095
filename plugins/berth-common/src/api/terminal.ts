import * as z from 'zod';
import { boundedText, dnsLabel, oneOf } from './fields';

/** The WebSocket subprotocol of terminals. @public */
export const TERMINAL_PROTOCOL = 'berth.terminal.v1';

/** The second subprotocol is this and the ticket, because a browser sends no other header. @public */
export const TERMINAL_TICKET_PREFIX = 'ticket.';

/** How long a ticket is valid, in seconds. @public */
export const TERMINAL_TICKET_SECONDS = 30;

/** The bytes of one message in either direction. @public */
export const TERMINAL_MAX_MESSAGE = 64 * 1024;

const shell = oneOf(['auto', 'bash', 'sh']).describe(
  '`auto` starts bash if the container has it, otherwise sh.',
);

/** @public */
export const terminalRequestSchema = z
  .strictObject({
    container: dnsLabel.describe('Name of a container of the pod.'),
    shell,
  })
  .meta({ id: 'TerminalRequest' });

/** @public */
export type TerminalRequest = z.infer<typeof terminalRequestSchema>;

/** @public */
export type TerminalShell = TerminalRequest['shell'];

/** @public */
export const terminalTicketSchema = z
  .object({
    ticket: z
      .string()
      .describe(
        'Opens one terminal: the subprotocols of the WebSocket at `/terminal` are `berth.terminal.v1` and `ticket.` with this value.',
      ),
    expiresIn: z.number().int().describe('Seconds.'),
  })
  .meta({ id: 'TerminalTicket' });

/** @public */
export type TerminalTicket = z.infer<typeof terminalTicketSchema>;

/** @public */
export const terminalEndCauseSchema = oneOf([
  'Exited',
  'AccessEnded',
  'Idle',
  'SignInEnded',
  'ShellMissing',
  'Unreachable',
  'Closing',
  'Failed',
]).meta({
  id: 'TerminalEndCause',
  description: `Why a terminal ended.

- \`Exited\`: the shell ended
- \`AccessEnded\`: the person, the share, the role or the permission is gone
- \`Idle\`: no input for ten minutes
- \`SignInEnded\`: the token of the portal with which it was opened expired
- \`ShellMissing\`: the container has no such shell
- \`Unreachable\`: the cluster does not answer
- \`Closing\`: the portal restarts
- \`Failed\`: the cluster refused it, or the connection broke`,
});

/** @public */
export type TerminalEndCause = z.infer<typeof terminalEndCauseSchema>;

const cells = z.number().int().min(1).max(1_000);

/** The text messages of a browser. Its binary messages are the bytes that the person types. @public */
export const terminalInputSchema = z.strictObject({
  type: z.literal('resize'),
  columns: cells,
  rows: cells,
});

/** @public */
export type TerminalInput = z.infer<typeof terminalInputSchema>;

/** The text messages of the portal. Its binary messages are the bytes of the shell. @public */
export const terminalMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open') }),
  z.object({
    type: z.literal('end'),
    cause: terminalEndCauseSchema,
    message: boundedText(1_000).describe('For people.'),
  }),
]);

/** @public */
export type TerminalMessage = z.infer<typeof terminalMessageSchema>;
