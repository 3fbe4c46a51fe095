import { ReactNode, useEffect, useRef } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Text } from '@backstage/ui';
import { RiArrowDownSLine } from '@remixicon/react';
import styles from './actionMenu.module.css';
import { useText } from './useText';

/** An action of a menu. */
export interface MenuAction<Id extends string> {
  id: Id;
  label: string;
  /** Why the action is disabled, if it is. */
  disabledReason?: string;
  /** Whether the action loses something. */
  isDangerous?: boolean;
}

/** A menu of actions. One that is disabled stays in the menu, with the reason. */
export function ActionMenu<Id extends string>(props: {
  button: string;
  /** Names the menu for screen readers. */
  label: string;
  actions: readonly MenuAction<Id>[];
  onAction: (id: Id) => void;
  /** The open dialog of an action, if any. */
  children?: ReactNode;
}) {
  const { button, label, actions, onAction, children } = props;
  const t = useText();
  const trigger = useRef<HTMLButtonElement>(null);
  useFocusAfter(Boolean(children), trigger);
  return (
    <>
      <MenuTrigger>
        <Button
          ref={trigger}
          variant="secondary"
          iconEnd={<RiArrowDownSLine />}
          aria-label={label}
        >
          {button}
        </Button>
        <Menu
          onAction={key => {
            const action = actions.find(({ id }) => id === key);
            if (action && action.disabledReason === undefined) {
              onAction(action.id);
            }
          }}
        >
          {actions.map(({ id, label: text, disabledReason, isDangerous }) => (
            /* A disabled item could not be reached by keyboard, and nobody would hear the reason. */
            <MenuItem
              key={id}
              id={id}
              textValue={text}
              className={isDangerous ? styles.danger : undefined}
            >
              {disabledReason === undefined ? (
                text
              ) : (
                <span className={styles.disabled}>
                  {text}
                  <Text as="p" variant="body-x-small" color="secondary">
                    {t('object.actions.unavailable', {
                      reason: disabledReason,
                    })}
                  </Text>
                </span>
              )}
            </MenuItem>
          ))}
        </Menu>
      </MenuTrigger>
      {children}
    </>
  );
}

/** Gives the focus back after a dialog, which cannot: the item of the menu that opened the dialog is gone by then. */
function useFocusAfter(
  isOpen: boolean,
  target: { readonly current: HTMLElement | null },
) {
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen) {
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) {
          target.current?.focus();
        }
      });
    }
    wasOpen.current = isOpen;
  }, [isOpen, target]);
}
