import { useEffect, useState } from 'react';
import { FieldProblem } from '@berth/plugin-berth-common';
import { messagesAt } from '../../../kit/form';
import { ALIASES, CLUSTER_FIELDS, ClusterFormValues } from './clusterForm';

/** A pause after which a person has probably stopped typing. */
const PAUSE = 700;

const NONE: Record<string, string> = {};

/** Asks the server what it would refuse, without saving anything. */
export type PreviewCluster = (
  values: ClusterFormValues,
) => Promise<FieldProblem[]>;

/**
 * The errors that the server reports for the values, requested when typing pauses.
 *
 * @param preview - undefined while the values are incomplete
 */
export function usePreview(
  values: ClusterFormValues,
  preview: PreviewCluster | undefined,
): Record<string, string> {
  const [errors, setErrors] = useState(NONE);
  useEffect(() => {
    setErrors(NONE);
    if (!preview) {
      return undefined;
    }
    let current = true;
    const timer = setTimeout(
      () =>
        preview(values).then(
          problems =>
            current && setErrors(messagesAt(problems, CLUSTER_FIELDS, ALIASES)),
          // The person has not submitted anything yet; the submission shows the failure.
          () => {},
        ),
      PAUSE,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [preview, values]);
  return errors;
}
