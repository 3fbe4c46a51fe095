import { useEffect, useRef, useState } from 'react';
import { FieldValues } from 'react-hook-form';
import { isOutdated } from '../format';
import { Form, FormOptions, isEqual, useForm } from './useForm';

/** A change that another person saved while the form was being edited. */
export interface Conflict<Seen, Values> {
  /** The state that the edit started from. */
  before: Seen;
  theirs: Seen;
  mine: Values;
}

/** A form for a resource that others can change at the same time. */
export interface EditForm<Seen, Values extends FieldValues>
  extends Form<Values> {
  /** The state that the edit started from. */
  base: Seen;
  conflict?: Conflict<Seen, Values>;
  /** Applies the edit on top of the other person's change. */
  keepMine: () => void;
  /** Drops the edit, and shows the saved state. */
  discard: () => void;
  /** Resolves to whether the form was saved. */
  save: () => Promise<boolean>;
  /** Makes a change outside the fields. Resolves to false after a conflict. */
  apply: (change: (base: Seen) => Promise<Seen>) => Promise<boolean>;
}

/**
 * A form that edits a saved state. The form shows each newer state until a person changes a field; then the edit
 * keeps the state that it started from. The server refuses to overwrite a newer state (412): the form then loads
 * the newer state, and either asks which one to keep or merges both at once, to be saved again.
 */
export function useEditForm<Seen, Values extends FieldValues>(
  options: Omit<FormOptions<Values>, 'initial'> & {
    /** The last state read. */
    seen: Seen;
    valuesOf: (seen: Seen) => Values;
    merge: (before: Values, mine: Values, theirs: Values) => Values;
    mergesAtOnce?: boolean;
    load: () => Promise<Seen>;
    /** Resolves to the state after the change. */
    save: (values: Values, base: Seen) => Promise<Seen>;
  },
): EditForm<Seen, Values> {
  const { seen, valuesOf, merge, mergesAtOnce, load, save } = options;
  const [base, setBase] = useState(seen);
  // Differs from the base of the last rendering until the next one.
  const latest = useRef(seen);
  const [conflict, setConflict] = useState<Conflict<Seen, Values>>();
  const form = useForm({ ...options, initial: valuesOf(seen) });
  const { isChanged, values, reset } = form;

  const startFrom = (state: Seen) => {
    latest.current = state;
    setBase(state);
    setConflict(undefined);
    reset(valuesOf(state));
  };

  useEffect(() => {
    // A person may have changed a field since the last rendering.
    const isUntouched = !isChanged && isEqual(form.getValues(), values);
    if (isUntouched && seen !== base) {
      startFrom(seen);
    }
    // Only a newer state starts the form again.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [seen]);

  const rebase = ({ before, theirs, mine }: Conflict<Seen, Values>) => {
    latest.current = theirs;
    setBase(theirs);
    reset(valuesOf(theirs));
    form.change(merge(valuesOf(before), mine, valuesOf(theirs)));
  };

  const apply: EditForm<Seen, Values>['apply'] = async change => {
    try {
      startFrom(await change(base));
      return true;
    } catch (error) {
      if (!isOutdated(error)) {
        throw error;
      }
      const found = { before: base, theirs: await load(), mine: values };
      setConflict(found);
      if (mergesAtOnce) {
        rebase(found);
      }
      return false;
    }
  };

  return {
    ...form,
    base,
    conflict,
    // A change of what was rendered must not undo a newer state that the form has started from since.
    change: changes =>
      form.change(
        latest.current === base
          ? changes
          : merge(
              valuesOf(base),
              { ...values, ...changes },
              valuesOf(latest.current),
            ),
      ),
    keepMine: () => {
      if (conflict) {
        setConflict(undefined);
        rebase(conflict);
      }
    },
    discard: () => startFrom(conflict?.theirs ?? seen),
    save: async () => {
      let saved = false;
      await form.send(async mine => {
        saved = await apply(before => save(mine, before));
      });
      return saved;
    },
    apply,
  };
}
