import { useText } from './useText';

/** Causes that are words for people. The others are codes for programs, and their messages explain them. */
const WORDS = ['DNS', 'TCP', 'TLS'] as const;

/** Writes why something failed, such as `TLS: certificate signed by another CA`. */
export function useCauseText(): (
  cause: string | undefined,
  message: string,
) => string {
  const t = useText();
  return (cause, message) => {
    const word = WORDS.find(known => known === cause);
    return word
      ? t('state.cause', { cause: t(`cause.${word}`), message })
      : message;
  };
}
