import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  HelmOperationOptions,
  HelmReleaseAddress,
  HelmReleaseView,
} from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { useUnsavedChanges } from '../../../kit';
import { useYamlProblems, YamlProblem } from '../../../kit/code';
import { problemOf } from '../../../kit/format';
import { Polled, usePolled } from '../../../kit/query';
import { Previewing, usePreview } from '../operations/usePreview';
import { useStartOperation } from '../operations/useStartOperation';

/** What a person started from. It stays the same while others change the release. */
export interface UpgradeBase {
  yaml: string;
  revision: number;
  /** Whether secrets are hidden in the text. */
  hidesValues: boolean;
}

/** The edit of the values of a release: typing, checking what an upgrade would do, and starting it. */
export interface Upgrade {
  base: UpgradeBase;
  text: string;
  isChanged: boolean;
  /** Errors in the text. */
  problems: readonly YamlProblem[];
  previewing: Previewing;
  options: HelmOperationOptions;
  setOptions: (options: HelmOperationOptions) => void;
  takesOver: boolean;
  setTakesOver: (takesOver: boolean) => void;
  /** Why the upgrade did not start. */
  failure?: unknown;
  isStarting: boolean;
  type: (text: string) => void;
  check: () => Promise<void>;
  apply: () => Promise<void>;
}

/** Loads the values that a person set for the latest revision, once. */
export function useUpgradeBase(
  address: HelmReleaseAddress,
  latest: number,
): Polled<UpgradeBase> {
  const api = useApi(berthApiRef);
  const [revision] = useState(latest);
  return usePolled({
    key: ['release', address, 'upgrade', revision],
    load: async () => {
      const { yaml, masked } = await api.getReleaseValues(address, {
        revision,
      });
      return {
        yaml: isNothing(yaml) ? '' : yaml,
        revision,
        hidesValues: masked.length > 0,
      };
    },
    ignoresChanges: true,
  });
}

export function useUpgrade(
  address: HelmReleaseAddress,
  base: UpgradeBase,
  release: Polled<HelmReleaseView>,
): Upgrade {
  const api = useApi(berthApiRef);
  const start = useStartOperation();
  const previewing = usePreview();
  const [text, setText] = useState(base.yaml);
  const [options, setOptions] = useState<HelmOperationOptions>({});
  const [takesOver, setTakesOver] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [isStarting, setStarting] = useState(false);
  const problems = useYamlProblems(text);
  const isChanged = text !== base.yaml;
  useUnsavedChanges(isChanged);

  const { checked, ask, forget } = previewing;
  const { refresh } = release;
  // The page shows when the preview is about another revision than the one that the person started from.
  useEffect(() => {
    if (checked && checked.request.baseRevision !== base.revision) {
      void refresh();
    }
  }, [checked, base.revision, refresh]);

  const check = () =>
    ask(async () => {
      const { revision = base.revision } = await api.getRelease(address);
      return {
        kind: 'upgrade',
        ...address,
        baseRevision: revision,
        values: text,
      };
    });

  return {
    base,
    text,
    isChanged,
    problems,
    previewing,
    options,
    setOptions,
    takesOver,
    setTakesOver,
    failure,
    isStarting,
    type: typed => {
      setText(typed);
      setFailure(undefined);
      setTakesOver(false);
      forget();
    },
    check: () => {
      setFailure(undefined);
      setTakesOver(false);
      return check();
    },
    apply: async () => {
      setStarting(true);
      setFailure(undefined);
      try {
        await start(checked!, {
          ...options,
          ...(takesOver && { forceConflicts: true }),
        });
      } catch (error) {
        setFailure(error);
        if (problemOf(error).kind === 'conflict') {
          setTakesOver(false);
          await check();
        }
      }
      setStarting(false);
    },
  };
}

function isNothing(yaml: string): boolean {
  return ['', '{}', 'null'].includes(yaml.trim());
}
