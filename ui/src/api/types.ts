// Names for the shapes on the wire; every one of them is generated from the program's OpenAPI document, none is written here.
import type { components } from "./generated/api";

type Schemas = components["schemas"];

export type ActivityEntry = Schemas["JournalEntry"];
export type AdministratorAnswer = Schemas["AdministratorAnswer"];
export type AdministratorSwitch = Partial<Schemas["AdministratorSwitch"]> & Pick<Schemas["AdministratorSwitch"], "on">;
export type AdministratorWay = Schemas["Elevation"];
export type Answer = Schemas["Answer"];
export type Auth = Schemas["Auth"];
export type ByModel = Schemas["ByModel"];
export type Color = Schemas["Color"];
export type ConnectionDetails = Schemas["ConnectionDetails"];
export type ConnectionState = Schemas["ConnectionState"];
export type DiagnosisLine = Schemas["DiagnosisLine"];
export type DiagnosisStep = Schemas["Step"];
export type ErrorBody = Schemas["ErrorBody"];
export type Import = Schemas["Import"];
export type ImportEntry = Schemas["ImportEntry"];
export type ImportFormat = Schemas["ImportFormat"];
export type JournalVerified = Schemas["Verified"];
export type KeyInfo = Schemas["KeyInfo"];
export type KeyInstalled = Schemas["KeyInstalled"];
export type KeyList = Schemas["Keys"];
export type NewKey = Schemas["NewKey"];
export type ProgramStatus = Schemas["Status"];
export type Reachability = Schemas["Reachability"];
export type Forward = Schemas["Forward"];
export type ForwardTarget = Schemas["ForwardTarget"];
export type Keeping = Schemas["Keeping"];
export type ModelConsent = Schemas["ModelConsent"];
export type ModelCost = Schemas["ModelCost"];
export type ModelCosts = Schemas["ModelCosts"];
export type ModelName = Schemas["ModelName"];
export type ModelPreferences = Schemas["ModelPreferences"];
export type ModelPrice = Schemas["Price"];
export type ModelProvider = Schemas["Provider"];
export type ModelStatus = Schemas["ModelStatus"];
export type ModelTest = Schemas["ModelTest"];
export type NetworkSocket = Schemas["NetworkSocket"];
export type NewForward = Schemas["NewForward"];
export type NewServer = Schemas["NewServer"];
export type Origin = Schemas["Origin"];
/** All that the program keeps of what a person chose. */
export type KeptPreferences = Schemas["Preferences"];
/** The part that every page holds; which model may be asked is read by who needs it. */
export type Preferences = Omit<KeptPreferences, "model" | "matchExec" | "journalDays" | "lockAfterMinutes">;
export type Question = Schemas["Question"];
export type Receipt = Schemas["Receipt"];
export type Server = Schemas["Server"];
export type BrowserSession = Schemas["SessionInfo"];
export type LaunchAddress = Schemas["LaunchAddress"];
export type ServerChange = Schemas["ServerChange"];
export type Theme = Schemas["Theme"];
export type ImportedScheme = Schemas["ImportedScheme"];
export type NewTerminal = Schemas["NewTerminal"];
export type Recording = Schemas["Recording"];
export type Snippet = Schemas["Snippet"];
export type Terminal = Schemas["Terminal"];
export type TerminalPreferences = Schemas["TerminalPreferences"];
export type TerminalProcess = Schemas["TerminalProcess"];
export type UnreadLine = Schemas["Unread"];
export type Fixture = Schemas["Fixture"];

export type HostKeyQuestion = Extract<Question, { kind: "hostKey" }>;
export type PasswordQuestion = Extract<Question, { kind: "password" }>;
export type PassphraseQuestion = Extract<Question, { kind: "passphrase" }>;
export type PromptsQuestion = Extract<Question, { kind: "prompts" }>;
export type RunAsRootQuestion = Extract<Question, { kind: "runAsRoot" }>;

/** The outcome with the type of its value, which the document leaves open as it depends on the query. */
export type Outcome<T> = (Extract<Schemas["Outcome"], { status: "ok" }> & { value: T }) | Exclude<Schemas["Outcome"], { status: "ok" }>;
export type Reading<T> = Omit<Schemas["Reading"], "outcome"> & { outcome: Outcome<T> };
export type LiveMessage =
  | Exclude<Schemas["ServerMessage"], { type: "reading" }>
  | (Omit<Extract<Schemas["ServerMessage"], { type: "reading" }>, "reading"> & { reading: Reading<unknown> });

export type Cpu = Schemas["CpuUse"];
export type Core = Schemas["CoreUsage"];
export type Filesystem = Schemas["Filesystem"];
export type Identity = Schemas["ServerIdentity"];
export type Memory = Schemas["MemoryUse"];
export type NetworkInterface = Schemas["InterfaceRates"];
export type NetworkRates = Schemas["NetworkRates"];
export type Session = Schemas["LoginSession"];
export type Unit = Schemas["UnitStatus"];
export type UpgradablePackage = Schemas["PackageUpdate"];

/** Every query of the catalog, its arguments and its answer. */
export type QueryId = keyof Schemas["Answers"];
export type Args<Q extends QueryId> = Schemas["Arguments"][Q];
export type AnswerOf<Q extends QueryId> = Schemas["Answers"][Q];

/** The eight colours, in the order they are offered; the compiler holds that each is one. */
export const COLORS = ["blue", "violet", "pink", "red", "orange", "amber", "green", "teal"] as const satisfies readonly Color[];
