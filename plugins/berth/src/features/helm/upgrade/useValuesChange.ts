import { useState } from 'react';
import {
  HelmOperationOptions,
  HelmPreview,
  HelmRequest,
} from '@berth/plugin-berth-common';
import { useUnsavedChanges } from '../../../kit';
import { useYamlProblems, YamlProblem } from '../../../kit/code';
import { problemOf } from '../../../kit/format';
import { Previewing, usePreview } from '../operations/usePreview';
import { useStartOperation } from '../operations/useStartOperation';

/** The edit of values: typing, checking what an operation with them would do, and starting it. */
export interface ValuesChange {
  text: string;
  /** The text at first. */
  initial: string;
  /** Errors in the text. */
  problems: readonly YamlProblem[];
  /** What the portal found about single values. */
  valueProblems: NonNullable<HelmPreview['problems']>;
  previewing: Previewing;
  options: HelmOperationOptions;
  setOptions: (options: HelmOperationOptions) => void;
  takesOver: boolean;
  setTakesOver: (takesOver: boolean) => void;
  /** Why the operation did not start. */
  failure?: unknown;
  isStarting: boolean;
  type: (text: string) => void;
  /** Drops the preview, because the person changed what it is about. */
  forget: () => void;
  check: () => Promise<void>;
  apply: () => Promise<void>;
}

/** The same at each call, so that nothing is shown again for it. */
const NONE: ValuesChange['valueProblems'] = [];

/**
 * @param initial - the values at first
 * @param requestWith - makes the request for values, with the options so far
 */
export function useValuesChange(
  initial: string,
  requestWith: (
    values: string,
    options: HelmOperationOptions,
  ) => Promise<HelmRequest> | HelmRequest,
): ValuesChange {
  const start = useStartOperation();
  const previewing = usePreview();
  const [text, setText] = useState(initial);
  const [options, setOptions] = useState<HelmOperationOptions>({});
  const [takesOver, setTakesOver] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [isStarting, setStarting] = useState(false);
  const problems = useYamlProblems(text);
  useUnsavedChanges(text !== initial);

  const { checked, ask } = previewing;
  const begin = () => {
    setFailure(undefined);
    setTakesOver(false);
  };
  const check = () => ask(() => requestWith(text, options));
  const forget = () => {
    begin();
    previewing.forget();
  };

  return {
    ...{ text, initial, problems, previewing, options },
    valueProblems: checked?.preview.problems ?? NONE,
    setOptions: next => {
      setOptions(next);
      // Definitions take rights of their own.
      if (next.skipCrds !== options.skipCrds) {
        void ask(() => requestWith(text, next));
      }
    },
    ...{ takesOver, setTakesOver, failure, isStarting, forget },
    type: typed => {
      setText(typed);
      forget();
    },
    check: () => {
      begin();
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
