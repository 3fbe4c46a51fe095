import { Alert, Button, Flex } from '@backstage/ui';
import styles from './common.module.css';

/** Shows what another person saved in the meantime; with a choice, the reader decides which version to keep. */
export function ConflictAlert(props: {
  title: string;
  description: string;
  /** The changes of the other person, a sentence each. */
  changes: string[];
  choice?: {
    keep: string;
    onKeep: () => void;
    take: string;
    onTake: () => void;
  };
}) {
  const { title, description, changes, choice } = props;
  return (
    <Alert
      role="alert"
      status="warning"
      icon
      title={title}
      description={
        <>
          <div>{description}</div>
          <ul className={styles.conflicts}>
            {changes.map(change => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </>
      }
      customActions={
        choice && (
          <Flex direction="column" gap="2">
            <Button size="small" variant="secondary" onPress={choice.onKeep}>
              {choice.keep}
            </Button>
            <Button size="small" variant="tertiary" onPress={choice.onTake}>
              {choice.take}
            </Button>
          </Flex>
        )
      }
    />
  );
}
