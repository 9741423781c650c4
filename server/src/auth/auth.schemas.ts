import { Type } from 'typebox';
import { nullable, Time } from '../api/common.schemas.ts';
import { ROLES } from './permissions.ts';

export const Role = Type.Enum([...ROLES] as ('viewer' | 'support' | 'operator' | 'admin')[]);

const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' });

const NewPassword = Type.String({ minLength: 10, maxLength: 200 });

export const SetupState = Type.Object({
  needed: Type.Boolean({ description: 'Whether the first administrator is still to be created.' }),
});

export const NewAdministrator = Type.Object(
  {
    token: Type.String({ maxLength: 200, description: "The one-time link's, or the ADMIN_TOKEN." }),
    name: Name,
    password: NewPassword,
  },
  { additionalProperties: false },
);

export const SignInBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    password: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
);

export const ChosenPassword = Type.Object(
  { token: Type.String({ maxLength: 200, description: "The one-time link's." }), password: NewPassword },
  { additionalProperties: false },
);

export const ChangedPassword = Type.Object(
  { current: SignInBody.properties.password, password: NewPassword },
  { additionalProperties: false },
);

export const Session = Type.Object({
  user: Type.Object({ id: Type.String(), name: Type.String(), role: Role }),
  permissions: Type.Array(Type.String(), { description: 'What the role may do.' }),
});

export const User = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: Role,
  createdAt: Time,
  signedInAt: nullable(Time),
  linkExpiresAt: nullable(
    Type.String({ format: 'date-time', description: 'Until when the link holds at which they choose a password.' }),
  ),
});

export const NewUser = Type.Object({ name: Name, role: Role }, { additionalProperties: false });
export const UserChanges = Type.Object({ role: Role }, { additionalProperties: false });

export const PasswordLink = Type.Object({
  token: Type.String({ description: 'For `/password?token=` of the console. Shown this once, works once.' }),
  expiresAt: Time,
});

export const InvitedUser = Type.Object({ ...User.properties, link: PasswordLink });
export const UserPage = Type.Object({ items: Type.Array(User), nextCursor: nullable(Type.String()) });

export const ApiToken = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: Role,
  createdBy: Type.String(),
  createdAt: Time,
  expiresAt: nullable(Time),
  lastUsedAt: nullable(Time),
});

export const NewApiToken = Type.Object(
  {
    name: Name,
    role: Role,
    expiresAt: Type.Optional(nullable(Type.String({ format: 'date-time', maxLength: 40 }))),
  },
  { additionalProperties: false },
);

export const CreatedApiToken = Type.Object({
  ...ApiToken.properties,
  token: Type.String({ description: 'For `Authorization: Bearer`. Shown this once.' }),
});

export const ApiTokenPage = Type.Object({ items: Type.Array(ApiToken), nextCursor: nullable(Type.String()) });

export const OpenSessionPage = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      user: Session.properties.user,
      createdAt: Time,
      lastUsedAt: Type.String({ format: 'date-time', description: 'To within five minutes.' }),
      current: Type.Boolean({ description: 'Whether it is the one that asks.' }),
    }),
  ),
  nextCursor: nullable(Type.String()),
});
