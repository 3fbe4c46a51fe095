import { KeyboardEvent, useEffect, useRef, useState } from 'react';
import { ButtonIcon, SearchField, Text } from '@backstage/ui';
import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import useDebounce from 'react-use/esm/useDebounce';
import { useText } from '../useText';
import styles from './logs.module.css';

const PAUSE = 250;

/** Searches in a log, and goes from one found line to the next. */
export function LogSearchField(props: {
  value: string;
  onChange: (search: string) => void;
  found: readonly number[];
  isComplete: boolean;
  /** Whether the log gets new lines. */
  isGrowing: boolean;
  current?: number;
  onStep: (direction: 1 | -1) => void;
}) {
  const { current, found, isComplete, isGrowing, onChange, onStep } = props;
  const { value } = props;
  const t = useText();
  const [typed, setTyped] = useState(value);
  const reported = useRef(value);
  // The address can change without this field, for example by Back.
  useEffect(() => {
    if (value !== reported.current) {
      reported.current = value;
      setTyped(value);
    }
  }, [value]);
  const report = () => {
    if (typed !== reported.current) {
      reported.current = typed;
      onChange(typed);
    }
  };
  useDebounce(report, PAUSE, [typed]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      // What the person typed may not be searched yet.
      report();
      onStep(event.shiftKey ? -1 : 1);
    }
  };
  const total = found.length.toLocaleString('en');
  let result = '';
  if (value !== '') {
    if (found.length === 0) {
      result = isComplete ? t('logs.searchNone') : t('logs.searching');
    } else {
      const position = current === undefined ? 0 : found.indexOf(current) + 1;
      result = t('logs.searchResult', {
        position: position.toLocaleString('en'),
        total,
      });
    }
  }
  return (
    <div className={styles.search} role="search">
      <SearchField
        className={styles.searchField}
        size="small"
        aria-label={t('logs.search')}
        placeholder={t('logs.search')}
        value={typed}
        onChange={setTyped}
        onKeyDown={onKeyDown}
      />
      <ButtonIcon
        size="small"
        variant="secondary"
        icon={<RiArrowUpLine />}
        aria-label={t('logs.searchPrevious')}
        isDisabled={found.length === 0}
        onPress={() => onStep(-1)}
      />
      <ButtonIcon
        size="small"
        variant="secondary"
        icon={<RiArrowDownLine />}
        aria-label={t('logs.searchNext')}
        isDisabled={found.length === 0}
        onPress={() => onStep(1)}
      />
      <Text
        className={styles.searchResult}
        variant="body-small"
        color="secondary"
        // The number changes with each new line.
        aria-live={isGrowing ? 'off' : 'polite'}
      >
        {result}
      </Text>
    </div>
  );
}
