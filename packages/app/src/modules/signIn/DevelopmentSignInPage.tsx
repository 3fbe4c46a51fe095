import { ProxiedSignInPage } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { useState } from 'react';
import { chosenUser } from './chosenUser';
import { forgetOnSignOut } from './forgetOnSignOut';
import { readPeople } from './people';
import { PeoplePicker } from './PeoplePicker';

export const DevelopmentSignInPage = (props: SignInPageProps) => {
  const config = useApi(configApiRef);
  const [user, setUser] = useState(chosenUser.get());

  if (user !== undefined) {
    return (
      <ProxiedSignInPage
        provider="development"
        headers={{ 'x-berth-development-user': user }}
        onSignInSuccess={identity =>
          props.onSignInSuccess(forgetOnSignOut(identity))
        }
        ErrorComponent={({ error }) => (
          <PeoplePicker
            people={readPeople(config)}
            problem={`Could not sign in as ${user}: ${
              error?.message ?? 'unknown error'
            }`}
            onPick={again => {
              chosenUser.set(again);
              // A failed sign-in page does not try again, so start over.
              window.location.reload();
            }}
          />
        )}
      />
    );
  }

  return (
    <PeoplePicker
      people={readPeople(config)}
      onPick={picked => {
        chosenUser.set(picked);
        setUser(picked);
      }}
    />
  );
};
