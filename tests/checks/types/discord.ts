// What `discord-api-types` says of each thing that we send; `schemas.mjs` makes JSON Schemas of it.
import type {
  APIApplicationCommand,
  APIInteractionResponse,
  ApplicationCommandType,
  RESTAPIAttachment,
  RESTPatchAPIChannelMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
  RESTPostAPICurrentUserCreateDMChannelJSONBody,
  RESTPostAPIInteractionFollowupJSONBody,
  RESTPostAPIWebhookWithTokenJSONBody,
} from "discord-api-types/v10";

// The generator does not follow how the package derives the bodies of these two: they are put together
// here from what they are derived from.

/** A command, by the fields of its answer. */
type Command = Pick<APIApplicationCommand, "description" | "name"> &
  Partial<
    Pick<
      APIApplicationCommand,
      | "contexts"
      | "default_member_permissions"
      | "description_localizations"
      | "id"
      | "integration_types"
      | "name_localizations"
      | "nsfw"
      | "options"
      | "type"
    >
  >;

/** A command in the menu of a message or of a person, which has no description. */
type MenuCommand = Pick<APIApplicationCommand, "name"> & {
  type: ApplicationCommandType.Message | ApplicationCommandType.User;
} & Partial<
    Pick<
      APIApplicationCommand,
      "contexts" | "default_member_permissions" | "id" | "integration_types" | "name_localizations" | "nsfw"
    >
  >;

type Answer = RESTPostAPIWebhookWithTokenJSONBody;
/** A change of an answer: any of its fields, or `null` to empty one. */
interface Change {
  allowed_mentions?: Answer["allowed_mentions"] | null;
  attachments?: RESTAPIAttachment[];
  components?: Answer["components"] | null;
  content?: Answer["content"] | null;
  embeds?: Answer["embeds"] | null;
  flags?: Answer["flags"] | null;
}

/** Routes whose variables are written `{}`; one that is called with a body and missing here is a violation. */
export interface Calls {
  "PATCH /channels/{}/messages/{}"?: RESTPatchAPIChannelMessageJSONBody;
  "PATCH /webhooks/{}/{}/messages/@original"?: Change;
  "PATCH /webhooks/{}/{}/messages/{}"?: Change;
  "POST /applications/{}/commands"?: Command | MenuCommand;
  "POST /channels/{}/messages"?: RESTPostAPIChannelMessageJSONBody;
  "POST /interactions/{}/{}/callback"?: APIInteractionResponse;
  "POST /users/@me/channels"?: RESTPostAPICurrentUserCreateDMChannelJSONBody;
  "POST /webhooks/{}/{}"?: RESTPostAPIInteractionFollowupJSONBody;
  "PUT /applications/{}/commands"?: (Command | MenuCommand)[];
  "PUT /applications/{}/guilds/{}/commands"?: (Command | MenuCommand)[];
}
