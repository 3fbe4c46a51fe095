import { FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { RequestSpec } from '@berth/plugin-berth-common';
import { NO_ERRORS, ServerErrors, withoutChanged } from '../../../kit/format';
import { useNow } from '../../../kit/hooks';
import { useNameCheck, type NameCheck } from '../../../kit/hooks';
import { useText } from '../../../kit';
import {
  RequestError,
  RequestField,
  RequestValues,
  specOf,
  validate,
} from './requestForm';
import { serverErrorsOf } from './serverErrors';
import { Preview, usePreview } from './usePreview';

const TICK = 10_000;
/** Shown while a person is still typing. */
const LIVE_ERRORS: ReadonlySet<RequestError> = new Set([
  'namespaceInvalid',
  'namespaceReserved',
  'namespaceTaken',
  'namespaceRefused',
  'expiresAt',
  'purpose',
]);

/** What the caller wants to do with the form. */
export type SendMode = 'submit' | 'draft';

/** A form for a request: its values, their errors, the result of the rules, and its submission. */
export interface RequestFormState {
  values: RequestValues;
  change: (changes: Partial<RequestValues>) => void;
  /** Shows what is wrong with a field from now on. */
  touch: (field: RequestField) => void;
  /** What to show at a field. */
  errorOf: (field: RequestField) => string | undefined;
  /** Of the name of a new namespace. */
  nameCheck: NameCheck;
  preview: Preview;
  /** A failure that is about no field. */
  failure?: unknown;
  pending?: SendMode;
  send: (mode: SendMode) => void;
  formProps: {
    ref: React.RefObject<HTMLFormElement>;
    onSubmit: (event: FormEvent) => void;
    noValidate: true;
  };
}

/**
 * Keeps a form. Nothing typed is ever lost by a refusal, and the first wrong field gets the focus.
 *
 * @param onSend - is called once at a time, with what is valid as far as the browser can tell
 */
export function useRequestForm(options: {
  initial: RequestValues;
  onSend: (spec: RequestSpec, mode: SendMode) => Promise<void>;
}): RequestFormState {
  const { initial, onSend } = options;
  const t = useText();
  const ref = useRef<HTMLFormElement>(null);
  // A second click comes before the first has been drawn.
  const busy = useRef(false);
  const [values, setValues] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [serverErrors, setServerErrors] =
    useState<ServerErrors<RequestField>>(NO_ERRORS);
  const [pending, setPending] = useState<SendMode>();
  const [refusals, setRefusals] = useState(0);
  const now = useNow(TICK);
  const nameCheck = useNameCheck(
    values.kind === 'namespace' ? values.cluster : '',
    values.namespace,
    values.group,
  );

  const { state: nameState } = nameCheck;
  const errors = useMemo(
    () => validate(values, nameState, now),
    [values, nameState, now],
  );
  const isComplete = Object.keys(errors).length === 0;
  const preview = usePreview(isComplete ? specOf(values) : undefined);
  const previewErrors = useMemo<ServerErrors<RequestField>>(
    () =>
      preview.error === undefined ? NO_ERRORS : serverErrorsOf(preview.error),
    [preview.error],
  );

  useEffect(() => {
    if (refusals > 0) {
      ref.current
        ?.querySelector<HTMLElement>(
          '[aria-invalid=true], [data-invalid] button, [data-problem] input, [data-problem] button',
        )
        ?.focus();
    }
  }, [refusals]);

  const send = async (mode: SendMode) => {
    if (busy.current) {
      return;
    }
    setTouched(new Set(Object.keys(values)));
    if (!isComplete) {
      setRefusals(count => count + 1);
      return;
    }
    busy.current = true;
    setPending(mode);
    setServerErrors(NO_ERRORS);
    try {
      await onSend(specOf(values), mode);
    } catch (error) {
      setServerErrors(serverErrorsOf(error));
      setRefusals(count => count + 1);
    }
    setPending(undefined);
    busy.current = false;
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
      if (error && (touched.has(field) || isLive(error))) {
        return textOf(error);
      }
      return serverErrors.fields[field] ?? previewErrors.fields[field];
    },
    nameCheck,
    preview,
    failure: serverErrors.rest,
    pending,
    send,
    formProps: {
      ref,
      onSubmit: event => {
        event.preventDefault();
        send('submit');
      },
      noValidate: true,
    },
  };

  function isLive(error: RequestError): boolean {
    return LIVE_ERRORS.has(error);
  }

  function textOf(error: RequestError): string {
    if (error === 'namespaceRefused' && nameCheck.message !== undefined) {
      return nameCheck.message;
    }
    return t(`requestForm.error.${error}`, {
      name: values.namespace,
      cluster: values.cluster,
      number: String(values.purpose.length),
    });
  }
}
