import { useCallback, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { HelmPreview, HelmRequest } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';

/** A preview, and what it is a preview of. */
export interface Checked {
  request: HelmRequest;
  preview: HelmPreview;
}

/** What an operation would do. */
export interface Previewing {
  /** Absent until the answer to the latest question. */
  checked?: Checked;
  failure?: unknown;
  isPending: boolean;
  /** Asks what a request would do. Never rejects. */
  ask: (request: () => Promise<HelmRequest> | HelmRequest) => Promise<void>;
  /** Drops the preview, because it is one of something else. */
  forget: () => void;
}

export function usePreview(): Previewing {
  const api = useApi(berthApiRef);
  const [state, setState] = useState<
    Pick<Previewing, 'checked' | 'failure' | 'isPending'>
  >({ isPending: false });
  /** The number of the latest question. The answer to an earlier one is about something else. */
  const question = useRef(0);

  const ask: Previewing['ask'] = useCallback(
    async makeRequest => {
      question.current += 1;
      const asked = question.current;
      setState({ isPending: true });
      let answer: Pick<Previewing, 'checked' | 'failure'>;
      try {
        const request = await makeRequest();
        const preview = await api.previewHelmOperation(request);
        answer = { checked: { request, preview } };
      } catch (failure) {
        answer = { failure };
      }
      if (asked === question.current) {
        setState({ ...answer, isPending: false });
      }
    },
    [api],
  );
  const forget = useCallback(() => {
    question.current += 1;
    setState({ isPending: false });
  }, []);
  return { ...state, ask, forget };
}
