/** A failure that another process of the same kubectl has printed. The program ends with 1 and prints nothing. */
export class SilentFailure extends Error {}
