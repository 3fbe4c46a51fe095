import { CompactEncrypt, compactDecrypt } from 'jose';
import { createHash, hkdfSync } from 'node:crypto';
import { TerminalOpening } from './types';

/*
 * The database knows a ticket by its hash only, and what the ticket opens is encrypted with a key that follows from the
 * ticket. So a person who reads the database has neither a ticket nor the token of a person.
 */

/** Returns the name of a ticket in the database. */
export function ticketHash(ticket: string): string {
  return createHash('sha256').update(ticket).digest('hex');
}

/** Encrypts what a ticket opens. */
export function seal(
  opening: TerminalOpening,
  ticket: string,
): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(opening)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyOf(ticket));
}

/** @throws Error if the text was not encrypted for this ticket */
export async function unseal(
  sealed: string,
  ticket: string,
): Promise<TerminalOpening> {
  const { plaintext } = await compactDecrypt(sealed, keyOf(ticket), {
    contentEncryptionAlgorithms: ['A256GCM'],
    keyManagementAlgorithms: ['dir'],
  });
  return JSON.parse(new TextDecoder().decode(plaintext));
}

function keyOf(ticket: string): Uint8Array {
  return new Uint8Array(
    hkdfSync('sha256', ticket, '', 'berth terminal ticket', 32),
  );
}
