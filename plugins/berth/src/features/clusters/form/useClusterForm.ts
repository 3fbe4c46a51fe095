import { FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { NO_ERRORS, ServerErrors, withoutChanged } from '../../../kit/format';
import { useText } from '../../../kit';
import { ClusterField, ClusterFormValues } from './clusterForm';
import { serverErrorsOf } from './serverErrors';
import { PreviewCluster, usePreview } from './usePreview';
import { validateCluster } from './validateCluster';

/** Shown while a person is still typing. */
const LIVE_ERRORS: ReadonlySet<string> = new Set(['nameTaken', 'caPrivateKey']);

/** A form for a cluster: its values, errors and submission. */
export interface ClusterForm {
  values: ClusterFormValues;
  change: (changes: Partial<ClusterFormValues>) => void;
  /** Shows the errors of a field from now on. */
  touch: (field: ClusterField) => void;
  /** The error to show at a field. */
  errorOf: (field: ClusterField) => string | undefined;
  /** A failure that is about no field. */
  failure?: unknown;
  submitting: boolean;
  formProps: {
    ref: React.RefObject<HTMLFormElement>;
    onSubmit: (event: FormEvent) => void;
    noValidate: true;
  };
}

/**
 * Keeps the state of a form. A refusal loses no input, and the first wrong field gets the focus.
 *
 * @param options - initial values, the names that are taken, and what to do with valid values
 */
export function useClusterForm(options: {
  initial: ClusterFormValues;
  takenNames: ReadonlySet<string>;
  /** The connection for which a credential is stored already. */
  storedConnection?: string;
  /** Asks the server, while a person is typing, what it would refuse; must be a stable function. */
  preview?: PreviewCluster;
  onSubmit: (values: ClusterFormValues) => Promise<void>;
}): ClusterForm {
  const { initial, takenNames, storedConnection, preview, onSubmit } = options;
  const t = useText();
  const ref = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [serverErrors, setServerErrors] =
    useState<ServerErrors<ClusterField>>(NO_ERRORS);
  const [submitting, setSubmitting] = useState(false);
  const [refusals, setRefusals] = useState(0);

  const errors = useMemo(
    () => validateCluster(values, takenNames, storedConnection),
    [values, takenNames, storedConnection],
  );
  const previewErrors = usePreview(
    values,
    Object.keys(errors).length === 0 ? preview : undefined,
  );

  useEffect(() => {
    if (refusals > 0) {
      const field = ref.current?.querySelector<HTMLElement>(
        '[aria-invalid=true]',
      );
      if (field) {
        field.focus();
      } else {
        // A refusal that is about no field stands above the form, which is longer than a screen.
        ref.current?.scrollIntoView?.({ block: 'start' });
      }
    }
  }, [refusals]);

  const submit = async () => {
    setTouched(new Set(Object.keys(values)));
    if (Object.keys(errors).length > 0) {
      setRefusals(count => count + 1);
      return;
    }
    setSubmitting(true);
    setServerErrors(NO_ERRORS);
    try {
      await onSubmit(values);
    } catch (error) {
      setServerErrors(serverErrorsOf(error));
      setRefusals(count => count + 1);
    }
    setSubmitting(false);
  };

  return {
    values,
    change: changes => {
      setValues(previous => ({ ...previous, ...changes }));
      setServerErrors(previous => withoutChanged(previous, changes));
    },
    touch: field => setTouched(previous => new Set([...previous, field])),
    errorOf: field => {
      const error = errors[field];
      if (error && (touched.has(field) || LIVE_ERRORS.has(error))) {
        return t(`form.error.${error}`);
      }
      return serverErrors.fields[field] ?? previewErrors[field];
    },
    failure: serverErrors.rest,
    submitting,
    formProps: {
      ref,
      onSubmit: event => {
        event.preventDefault();
        if (!submitting) {
          submit();
        }
      },
      noValidate: true,
    },
  };
}
