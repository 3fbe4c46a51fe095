import { useEffect, useMemo, useState } from 'react';
import { YamlProblem, yamlProblems } from './yamlProblems';

/** Characters up to which a check takes less time than a person notices. */
const SMALL = 20_000;
/** Milliseconds after the last key. */
const PAUSE = 400;

/**
 * Returns the errors of a YAML text as a person types it. A large text is checked when the person pauses, because
 * each check takes longer than the time between two keys; until then, the former errors stay.
 */
export function useYamlProblems(text: string): readonly YamlProblem[] {
  const [checked, setChecked] = useState(text);
  const isSmall = text.length <= SMALL;
  useEffect(() => {
    if (isSmall) {
      return undefined;
    }
    const timer = setTimeout(() => setChecked(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text, isSmall]);
  const asked = isSmall ? text : checked;
  return useMemo(() => yamlProblems(asked), [asked]);
}
