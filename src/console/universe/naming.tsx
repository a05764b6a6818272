/** The fields by which a person names a universe that is to be made. */

/** Id and name; both may be left out. */
export function NamingFields() {
  return (
    <>
      <label>
        Id
        <input name="id" placeholder="drawn where left out" pattern="[a-z0-9][a-z0-9_\-]{0,62}" />
      </label>
      <label>
        Name
        <input name="name" maxlength={200} />
      </label>
    </>
  );
}
