import { ReactNode, Fragment } from 'react';
import { Card, CardBody, CardHeader, Flex, Text } from '@backstage/ui';
import styles from './common.module.css';

/** A titled part of a tab. */
export function Section(props: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Card>
      <CardHeader>
        <Flex justify="between" align="center" gap="3">
          <Text as="h3" variant="title-x-small" weight="bold">
            {props.title}
          </Text>
          {props.actions}
        </Flex>
      </CardHeader>
      <CardBody>{props.children}</CardBody>
    </Card>
  );
}

/** Names and values, one per line. */
export function Facts({
  items,
}: {
  items: { label: string; value: ReactNode }[];
}) {
  return (
    <dl className={styles.facts}>
      {items.map(({ label, value }) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** A text to read and copy, scrollable by keyboard too. */
export function CodeBlock(props: {
  text: string;
  label: string;
  maxHeight?: number;
}) {
  return (
    <pre
      className={`${styles.frame} ${styles.code}`}
      style={{ maxHeight: props.maxHeight }}
      role="region"
      aria-label={props.label}
      // A scrollable region must be focusable to scroll by keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <code>{props.text}</code>
    </pre>
  );
}
