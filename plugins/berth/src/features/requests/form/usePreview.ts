import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { RequestSpec, RequestVerdict } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';

const PAUSE = 400;

/** What the rules would say of what is typed, as far as it is known. */
export interface Preview {
  /** What was answered last, while a newer answer is on its way, too. */
  verdict?: RequestVerdict;
  error?: unknown;
  checking: boolean;
}

/**
 * Asks, when typing pauses, what would become of a request.
 *
 * @param spec - undefined while the form is incomplete
 */
export function usePreview(spec: RequestSpec | undefined): Preview {
  const api = useApi(berthApiRef);
  const wanted = spec && JSON.stringify(spec);
  const [answer, setAnswer] = useState<{
    of?: string;
    verdict?: RequestVerdict;
    error?: unknown;
  }>({});

  useEffect(() => {
    if (!wanted) {
      return undefined;
    }
    let current = true;
    const keep = (answered: { verdict?: RequestVerdict; error?: unknown }) =>
      current && setAnswer({ of: wanted, ...answered });
    const timer = setTimeout(
      () =>
        api.previewRequest(JSON.parse(wanted)).then(
          verdict => keep({ verdict }),
          error => keep({ error }),
        ),
      PAUSE,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, wanted]);

  if (!wanted) {
    return { checking: false };
  }
  const isCurrent = answer.of === wanted;
  return {
    verdict: answer.verdict,
    // What was wrong before need not be wrong any more.
    ...(isCurrent && answer.error !== undefined && { error: answer.error }),
    checking: !isCurrent,
  };
}
