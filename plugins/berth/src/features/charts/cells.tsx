import { Cell, Text } from '@backstage/ui';
import { Moment } from '../../kit';

/** Widths of tables of charts from which more columns fit, in pixels. */
export const BREAKPOINTS = [560, 900];

export function TextCell({ text = '–' }: { text?: string }) {
  return (
    <Cell>
      <Text truncate title={text}>
        {text}
      </Text>
    </Cell>
  );
}

export function CreatedCell({ at }: { at?: string }) {
  return <Cell>{at ? <Moment at={at} display="short" /> : '–'}</Cell>;
}

/** What is below the name or the version; empty parts are left out. */
export function Details(props: {
  of: (string | false | undefined)[];
  title?: string;
}) {
  return (
    <Text variant="body-small" color="secondary" truncate title={props.title}>
      {props.of.filter(Boolean).join(' · ')}
    </Text>
  );
}
