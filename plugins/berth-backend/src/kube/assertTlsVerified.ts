/**
 * Refuses the start of a production portal in which Node.js takes every certificate for a good one. Calls to
 * clusters bring their own CA and are not affected, but sign-in, the catalog and the database are.
 *
 * @throws Error saying what is set and what to do
 * @see https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue
 */
export function assertTlsVerified(
  environment: Record<string, string | undefined>,
  { production }: { production: boolean },
): void {
  if (production && environment.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    throw new Error(
      'NODE_TLS_REJECT_UNAUTHORIZED is 0, so that no certificate would be checked, and Berth does not start in production like this. Unset it, and give the CA of a private certificate in NODE_EXTRA_CA_CERTS',
    );
  }
}
