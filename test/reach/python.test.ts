/** Python programs with the vendors' own addresses, unmodified, in the universe of `orrery exec`. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BuiltCommand, buildCommand, PROGRAMS_MS } from '../recipes/command.ts';
import { has, PYTHON } from '../recipes/machine.ts';
import { asked, Workspace } from '../recipes/run.ts';

vi.setConfig({ testTimeout: PROGRAMS_MS, hookTimeout: PROGRAMS_MS });

let command: BuiltCommand;
let workspace: Workspace;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());
beforeEach(() => {
  workspace = new Workspace(command, {});
});
afterEach(() => workspace.close());

async function underExec(program: string): Promise<string[]> {
  workspace.write('program.py', program);
  return (await workspace.shell(`orrery exec -- ${PYTHON} program.py`)).split('\n').filter(Boolean);
}
const skipped = (module: string) => (has(module) ? '' : ` (skipped: ${module} is not here)`);

describe('a Python program under orrery exec', () => {
  it.skipIf(!has('jira'))(`on python-jira works on a site of its own${skipped('jira')}`, async () => {
    const said = await underExec(`
import os
from jira import JIRA
jira = JIRA("https://acme.atlassian.net", basic_auth=(os.environ["JIRA_EMAIL"], os.environ["JIRA_API_TOKEN"]))
print(jira.server_info()["deploymentType"], jira.myself()["displayName"])
print(*(project.key for project in jira.projects()))
issue = jira.create_issue(project="ACC", issuetype={"name": "Task"}, summary="from Python")
comment = jira.add_comment(issue, "seen")
jira.transition_issue(issue, "Done")
issue.update(fields={"labels": ["python"]})
again = jira.issue(issue.key)
print(again.permalink(), again.fields.status, *again.fields.labels)
print(*(one.body for one in jira.comments(issue)))
print(len(jira.fields()) > 20, "ACC" in str(jira.createmeta(projectKeys="ACC")))
issue.delete()
`);
    expect(said).toEqual([
      'Cloud Priya Raman',
      'ACC ENG',
      expect.stringMatching(/^https:\/\/acme\.atlassian\.net\/browse\/ACC-\d+ Done python$/),
      'seen',
      'True True',
    ]);
    expect(asked(workspace)).toContain('deleteIssue 204');
  });

  it.skipIf(!has('googleapiclient'))(
    `on googleapiclient works on a Drive of its own${skipped('googleapiclient')}`,
    async () => {
      const said = await underExec(`
import os
from google.oauth2 import service_account
from googleapiclient.discovery import build
from googleapiclient.http import MediaFileUpload
key = os.environ["GOOGLE_APPLICATION_CREDENTIALS"]
scopes = ["https://www.googleapis.com/auth/drive", "https://www.googleapis.com/auth/spreadsheets"]
credentials = service_account.Credentials.from_service_account_file(key, scopes=scopes)
drive = build("drive", "v3", credentials=credentials, cache_discovery=False)
folder = drive.files().create(body={"name": "Box", "mimeType": "application/vnd.google-apps.folder"}).execute()
media = MediaFileUpload(__file__, mimetype="text/x-python", resumable=True, chunksize=256 * 1024)
made = drive.files().create(body={"name": "me.py", "parents": [folder["id"]]}, media_body=media).execute()
found = drive.files().list(q="'%s' in parents" % folder["id"], fields="files(name,size)").execute()
print(found["files"][0]["name"], int(found["files"][0]["size"]) == os.path.getsize(__file__))
print(drive.files().get_media(fileId=made["id"]).execute() == open(__file__, "rb").read())
sheets = build("sheets", "v4", credentials=credentials, cache_discovery=False)
ledger = sheets.spreadsheets().create(body={"properties": {"title": "Ledger"}}).execute()
values = sheets.spreadsheets().values()
values.append(spreadsheetId=ledger["spreadsheetId"], range="A1", valueInputOption="RAW", body={"values": [["a", 1]]}).execute()
print(values.get(spreadsheetId=ledger["spreadsheetId"], range="A1:B1").execute()["values"])
`);
      expect(said).toEqual(['me.py True', 'True', "[['a', '1']]"]);
      expect(asked(workspace).filter((line) => !/ (200|308)$/.test(line))).toEqual([]);
    },
  );

  it.skipIf(!has('googleapiclient'))(
    `on googleapiclient sends many calls in one request, and media in parts${skipped('googleapiclient')}`,
    async () => {
      const said = await underExec(`
import io, json, os
from google.oauth2 import service_account
from googleapiclient.discovery import build
from googleapiclient.http import MediaIoBaseDownload, MediaIoBaseUpload
key = os.environ["GOOGLE_APPLICATION_CREDENTIALS"]
scopes = ["https://www.googleapis.com/auth/drive"]
credentials = service_account.Credentials.from_service_account_file(key, scopes=scopes)
drive = build("drive", "v3", credentials=credentials, cache_discovery=False)
names, refusals = {}, []
def heard(request_id, response, exception):
    if exception:
        refusals.append((request_id, exception.resp.status, json.loads(exception.content)["error"]["errors"][0]["reason"]))
    else:
        names[request_id] = response["name"]
batch = drive.new_batch_http_request(callback=heard)
for n in range(3):
    batch.add(drive.files().create(body={"name": "file %d" % n}, fields="id,name"), request_id="n%d" % n)
batch.add(drive.files().get(fileId="missing"), request_id="missing")
batch.execute()
print(sorted(names.items()))
print(refusals)
content = os.urandom(600 * 1024)
media = MediaIoBaseUpload(io.BytesIO(content), mimetype="application/octet-stream", resumable=True, chunksize=256 * 1024)
request, made, chunks = drive.files().create(body={"name": "noise"}, media_body=media, fields="id"), None, 0
while made is None:
    _, made = request.next_chunk()
    chunks += 1
back = io.BytesIO()
down, done, parts = MediaIoBaseDownload(back, drive.files().get_media(fileId=made["id"]), chunksize=256 * 1024), False, 0
while not done:
    _, done = down.next_chunk()
    parts += 1
print(chunks, parts, back.getvalue() == content)
long = " or ".join("name = 'file %d'" % n for n in range(120))
print(len(drive.files().list(q=long).execute()["files"]))
`);
      expect(said).toEqual([
        "[('n0', 'file 0'), ('n1', 'file 1'), ('n2', 'file 2')]",
        "[('missing', 404, 'notFound')]",
        '3 3 True',
        '3',
      ]);
      expect(asked(workspace)).toContain('batch 200');
    },
  );

  it.skipIf(!has('google.oauth2'))(
    `on google-auth has ID tokens that it verifies by the published certificates${skipped('google.oauth2')}`,
    async () => {
      const said = await underExec(`
import os
from google.auth.transport.requests import Request
from google.oauth2 import id_token, service_account
key = os.environ["GOOGLE_APPLICATION_CREDENTIALS"]
aud = "https://service.example"
credentials = service_account.IDTokenCredentials.from_service_account_file(key, target_audience=aud)
credentials.refresh(Request())
claims = id_token.verify_oauth2_token(credentials.token, Request(), aud)
print(claims["email"] == credentials.service_account_email, claims["iss"])
try:
    id_token.verify_oauth2_token(credentials.token, Request(), "https://other.example")
except Exception as error:
    print(type(error).__name__)
`);
      expect(said).toEqual(['True https://accounts.google.com', expect.stringMatching(/Error/)]);
    },
  );
});
