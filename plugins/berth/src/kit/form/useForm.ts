import {
  FormEvent,
  RefObject,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { zodResolver } from '@hookform/resolvers/zod';
import {
  DefaultValues,
  FieldPath,
  FieldValues,
  UseFormReturn,
  get,
  useForm as useHookForm,
} from 'react-hook-form';
import type { ZodType } from 'zod';
import { useUnsavedChanges } from '..';
import { NO_REFUSAL, errorFromApi } from './refusal';

/**
 * The focusable elements of a field with an error: `data-problem` marks a field of several parts. A combobox is
 * left out, because it would open its list over the error.
 */
const WRONG = [
  '[aria-invalid=true]:not([role=combobox])',
  '[data-invalid] button:not([tabindex="-1"])',
  '[data-problem] input',
  '[data-problem] button',
].join(', ');

/** A form of react-hook-form, with the errors of the schema and of the server in one place. */
export interface Form<Values extends FieldValues>
  extends UseFormReturn<Values> {
  values: Values;
  isChanged: boolean;
  /** Asks before unsaved values are lost; for actions that close the form. */
  mayDiscard: () => boolean;
  /** Changes some fields from code, like a person's input. */
  change: (changes: Partial<Values>) => void;
  /** The error to show at a field. */
  errorOf: (field: FieldPath<Values>) => string | undefined;
  /** The last failed request, if a problem has no field. */
  failure?: unknown;
  /** Validates and sends, once at a time. Resolves to whether it succeeded, and never rejects. */
  send: (work: (values: Values) => Promise<void>) => Promise<boolean>;
  /** The props of the `form` element. */
  formProps: (onSubmit: () => void) => {
    ref: RefObject<HTMLFormElement>;
    onSubmit: (event: FormEvent) => void;
    noValidate: true;
  };
}

/** The options of a form. */
export interface FormOptions<Values extends FieldValues> {
  initial: Values;
  /** The schema, whose messages are keys of `textOf`. Must be the same object until a rule changes. */
  schema: ZodType<Values, Values>;
  /** Returns the text of a schema error. */
  textOf?: (error: string, values: Values) => string;
  /** Errors to show while a person is still typing; the others wait until the field is left. */
  live?: ReadonlySet<string>;
  /** The paths of the fields that show errors; by default those of the first level. */
  fields?: readonly string[];
  /** Fields for paths of the API that the form does not have. */
  aliases?: Readonly<Record<string, string>>;
  isSame?: (one: Values, other: Values) => boolean;
}

/**
 * A form that keeps its input after a refusal, focuses the first field with an error, and asks before unsaved
 * values are lost.
 */
export function useForm<Values extends FieldValues>(
  options: FormOptions<Values>,
): Form<Values> {
  const { initial, schema, textOf, live, aliases } = options;
  const { fields = Object.keys(initial), isSame = isEqual } = options;
  const element = useRef<HTMLFormElement>(null);
  // A second click can come before the first is rendered.
  const busy = useRef(false);
  const [refusal, setRefusal] = useState(NO_REFUSAL);
  const [refusedValues, setRefusedValues] = useState(initial);
  const [refusals, setRefusals] = useState(0);
  const resolver = useMemo(() => zodResolver(schema), [schema]);
  const form = useHookForm<Values>({
    defaultValues: initial as DefaultValues<Values>,
    resolver,
    shouldFocusError: false,
  });
  const { isSubmitted, defaultValues } = form.formState;
  // A copy: react-hook-form changes nested values in place.
  const content = JSON.stringify(form.watch());
  const values = useMemo<Values>(() => JSON.parse(content), [content]);
  const isChanged = !isSame(defaultValues as Values, values);
  const mayDiscard = useUnsavedChanges(isChanged);

  // One field can make another one invalid, so each change validates all.
  const { trigger } = form;
  useEffect(() => {
    trigger();
  }, [trigger, resolver, values]);

  useEffect(() => {
    if (refusals > 0) {
      const root = element.current;
      const wrong = root?.querySelector<HTMLElement>(WRONG);
      if (wrong) {
        wrong.focus();
      } else {
        root
          ?.querySelector('[role=alert]')
          ?.scrollIntoView?.({ block: 'nearest' });
      }
    }
  }, [refusals]);

  const send: Form<Values>['send'] = async work => {
    if (busy.current) {
      return false;
    }
    busy.current = true;
    setRefusal(NO_REFUSAL);
    let sent = false;
    try {
      await form.handleSubmit(async parsed => {
        try {
          await work(parsed);
          sent = true;
        } catch (error) {
          setRefusal(errorFromApi(error, fields, aliases));
          setRefusedValues(values);
        }
      })();
    } finally {
      busy.current = false;
    }
    if (!sent) {
      setRefusals(count => count + 1);
    }
    return sent;
  };

  return {
    ...form,
    values,
    isChanged,
    mayDiscard,
    change: changes => {
      for (const [name, value] of Object.entries(changes)) {
        form.setValue(name as FieldPath<Values>, value);
      }
    },
    errorOf: field => {
      const { error, isTouched } = form.getFieldState(field, form.formState);
      const message = error?.message;
      if (
        message !== undefined &&
        (isTouched || isSubmitted || live?.has(message))
      ) {
        return textOf?.(message, values) ?? message;
      }
      // A problem from the server stays until its field changes.
      return isEqual(get(refusedValues, field), get(values, field))
        ? refusal.fields[field]
        : undefined;
    },
    failure: refusal.rest,
    send,
    formProps: onSubmit => ({
      ref: element,
      onSubmit: event => {
        event.preventDefault();
        onSubmit();
      },
      noValidate: true,
    }),
  };
}

/** Returns the form with further messages at its fields, such as those of a dry run. */
export function withMessages<Values extends FieldValues>(
  form: Form<Values>,
  messages: Readonly<Record<string, string>>,
): Form<Values> {
  return {
    ...form,
    errorOf: field => form.errorOf(field) ?? messages[field],
  };
}

export function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
