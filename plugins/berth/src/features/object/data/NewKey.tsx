import { FormEvent, useState } from 'react';
import { Button, TextField } from '@backstage/ui';
import { useText } from '../../../kit';
import { EditedKey, keyProblem } from './dataEdit';
import styles from './data.module.css';

/** Adds a key to an edit, by the Enter key or the button. */
export function NewKey(props: {
  keys: readonly EditedKey[];
  onAdd: (key: string) => void;
}) {
  const { keys, onAdd } = props;
  const t = useText();
  const [name, setName] = useState('');
  const [isAsked, setAsked] = useState(false);
  const problem = keyProblem(name.trim(), keys);
  const isShown = problem !== undefined && (isAsked || name.trim() !== '');
  const add = (event: FormEvent) => {
    event.preventDefault();
    setAsked(problem !== undefined);
    if (!problem) {
      onAdd(name.trim());
      setName('');
    }
  };
  return (
    <form className={styles.newKey} onSubmit={add}>
      <TextField
        size="small"
        label={t('object.data.newKey')}
        autoComplete="off"
        value={name}
        onChange={setName}
        validationBehavior="aria"
        validate={() => (isShown ? t(`object.data.problem.${problem}`) : null)}
      />
      <Button size="small" variant="secondary" type="submit">
        {t('object.data.add')}
      </Button>
    </form>
  );
}
