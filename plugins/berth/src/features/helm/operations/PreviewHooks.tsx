import { Text } from '@backstage/ui';
import { HelmPreview } from '@berth/plugin-berth-common';
import { useText } from '../../../kit';
import { DiffView } from '../../../kit/code';
import styles from '../helm.module.css';

/** Shows the hooks that an operation runs, when each one runs, and its object. */
export function PreviewHooks(props: {
  hooks: NonNullable<HelmPreview['hooks']>;
}) {
  const t = useText();
  const title = t('helm.hooks.title');
  return (
    <section className={styles.changes} aria-label={title}>
      <Text as="h3" variant="body-medium" weight="bold">
        {title}
      </Text>
      {props.hooks.map(({ kind, namespace, name, events = [], diff }) => {
        const object = `${kind} ${name}`;
        const key = [kind, namespace, name, ...events].join('/');
        const words = `${object}: ${events.join(', ')}`;
        return diff === undefined ? (
          <Text key={key} as="p">
            {words}
          </Text>
        ) : (
          <details key={key}>
            <summary>{words}</summary>
            <DiffView
              diff={diff}
              label={t('helm.diff.objectLabel', { object })}
            />
          </details>
        );
      })}
    </section>
  );
}
