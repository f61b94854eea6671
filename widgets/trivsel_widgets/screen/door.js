// The door: code and address to read aloud, and squares for cameras, over the whole screen.

/** Where the code stands while phones are let in, and the way to the door. */
function DoorButton({ view }) {
  const { w, ask } = useCtx();
  const d = view.door;
  if (d.over) return null;
  return html`<button type="button" class=${d.open ? "quiet code" : "quiet"} aria-haspopup="dialog" aria-label=${d.open ? `${w.show_code}: ${d.code}` : null}
    onClick=${() => ask("door")}>${d.open ? d.code : w.phones}</button>`;
}

function Door({ view, close }) {
  const { w, send, say } = useCtx();
  const d = view.door;
  const seen = d.window;
  const [nth, setNth] = useState(0);
  const [named, setNamed] = useState(false);
  useEffect(() => { send({ do: "door", on: true }); return () => { send({ do: "door", on: false }); }; }, []);
  const way = seen?.addresses[nth] || seen?.addresses[0];
  const wifi = async (event) => {
    event.preventDefault();
    const form = event.target;
    const refused = await send({ do: "wifi", name: form.elements.network.value, password: form.elements.password.value });
    if (refused) return say(refused.text);
    setNamed(false);
  };
  const close_it = d.open && html`<${Do} message=${{ do: "close_door" }}>${w.close_door}<//>`;
  return html`<${Dialog} title=${w.door_title} cls="door" close=${close}>
    ${!d.shared ? html`<div class="words"><p class="big">${w.door_not_shared}</p><p><code>trivsel serve --share</code></p><p>${w.door_not_shared_saved}</p>${close_it}</div>`
    : !d.open ? html`<div class="words"><p class="big">${w.door_is_closed}</p><p>${w.door_how}</p><p><${Do} cls="primary" message=${{ do: "open_door" }}>${w.open_door}<//></p><p class="soft">${w.hosted_only}</p></div>`
    : way && html`<div class="way-in">
      ${seen.wifi && html`<div class="square"><h3>${fill(w.wifi_first, { name: seen.wifi.name })}</h3><${Figure} svg=${seen.wifi.qr} /></div>`}
      <div class="square"><h3>${w.scan_or_type}</h3><${Figure} svg=${way.qr} /></div>
      <div class="aloud"><p>${w.address_is}</p><p class="address">${way.address}</p><p>${w.code_is}</p><p class="code">${d.code}</p>
        ${seen.addresses.length > 1 && html`<div><p class="soft" id="other-ways">${w.another_address}</p><div class="segments" role="group" aria-labelledby="other-ways">${seen.addresses.map((one, n) => html`<button type="button" key=${one.address}
          aria-pressed=${one === way ? "true" : "false"} onClick=${() => setNth(n)}>${one.address.replace(/^https?:\/\//, "").replace(/\/join$/, "")}</button>`)}</div></div>`}
      </div></div>
    <div class="below"><details open=${named} onToggle=${(e) => setNamed(e.target.open)}><summary>${w.wifi_title}</summary><form onSubmit=${wifi} autocomplete="off">
        <label>${w.wifi_name}<input name="network" type="text" maxlength="32" required autocomplete="off" /></label>
        <label>${w.wifi_password}<input name="password" type="password" maxlength="63" autocomplete="new-password" /></label>
        <button type="submit">${w.wifi_show}</button>${seen.wifi && html`<button type="button" class="link" onClick=${() => send({ do: "wifi", name: "" })}>${w.wifi_forget}</button>`}
        <small>${w.wifi_why}</small></form></details>
      <p class="soft">${w.hosted_only}</p>${close_it}</div>`}<//>`;
}
