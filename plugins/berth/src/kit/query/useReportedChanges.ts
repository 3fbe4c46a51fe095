import { useEffect } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { BERTH_CHANGED_CHANNEL } from '@berth/plugin-berth-common';
import useLatest from 'react-use/esm/useLatest';

/** Calls a function when the backend reports a change, in an app with the signals plugin. */
export function useReportedChanges(onChange: () => void): void {
  const signals = useApiHolder().get(signalApiRef);
  const latest = useLatest(onChange);
  useEffect(() => {
    const subscription = signals?.subscribe(BERTH_CHANGED_CHANNEL, () =>
      latest.current(),
    );
    return () => subscription?.unsubscribe();
  }, [signals, latest]);
}
