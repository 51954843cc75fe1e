/** A page that comes with the package, as `Get-Help about_…` shows it. */
export interface HelpTopic {
  readonly name: string;
  readonly text: string;
  /** In `docs`. */
  readonly page: string;
  /** Of the page only this section. */
  readonly section?: string;
}

const topic = (name: string, text: string, page: string, section?: string): HelpTopic => ({
  name: `about_${name}`,
  text,
  page,
  ...(section === undefined ? {} : { section }),
});

/** What a user of the command reads; a test holds that each page and section is there. */
export const HELP_TOPICS: readonly HelpTopic[] = [
  topic('Authentication', 'Logons: mechanisms, delegation, Kerberos, CredSSP, certificates.', 'authentication.md'),
  topic('CIM_Cmdlets', 'Get-CimInstance, New-CimSession and their like.', 'cim-cmdlets.md'),
  topic('Command', 'The whole page of the command.', 'command.md'),
  topic('Cookbook', 'Recipes for what administrators do often.', 'cookbook.md'),
  topic('Emulator', 'A lab of DHCP servers on this machine.', 'emulator.md'),
  topic('Errors', 'Error ids and codes, and what to do about them.', 'errors.md'),
  topic('Exit_Codes', 'What fails, what goes on, and the exit codes.', 'command.md', 'Statements and failures'),
  topic('Explain', 'What a line would do.', 'command.md', 'What a line would do'),
  topic('Fleets', 'One call on thousands of computers.', 'fleets.md'),
  topic('In_Step', 'What differs between the servers of a pair: compare, replicate, put-back.', 'in-step.md'),
  topic('Language', 'What a line may have.', 'command.md', 'The language of a line'),
  topic('Moving_a_Script', 'From a script of PowerShell to cimlet.', 'moving-a-script.md'),
  topic('Pipelines', 'What may stand behind a pipe.', 'command.md', 'After a pipe'),
  topic('PowerShell', 'The cmdlets within PowerShell.', 'powershell.md'),
  topic('Profiles', 'The profile file and the variables CIMLET_….', 'command.md', 'Profiles and variables'),
  topic('Questions', 'What is asked, and how to answer beforehand.', 'command.md', 'Questions'),
  topic('Secrets', 'How passwords and shared secrets are given.', 'command.md', 'Secrets'),
  topic('Security', 'What is promised, and what is not.', 'security.md'),
  topic('Support', 'Versions, and what was tested against.', 'support.md'),
  topic('Troubleshooting', 'What an error means, step by step.', 'troubleshooting.md'),
  topic('Variables', 'Variables of a line.', 'command.md', 'Variables'),
  topic('Windows_Servers', 'What a server needs before it can be called.', 'windows-servers.md'),
];
