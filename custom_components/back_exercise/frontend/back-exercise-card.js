document.querySelector(`home-assistant`)&&await customElements.whenDefined(`home-assistant`);var e=globalThis,t=e.ShadowRoot&&(e.ShadyCSS===void 0||e.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,n=Symbol(),r=/* @__PURE__ */ new WeakMap,i=class{constructor(e,t,r){if(this._$cssResult$=!0,r!==n)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,n=this.t;if(t&&e===void 0){let t=n!==void 0&&n.length===1;t&&(e=r.get(n)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),t&&r.set(n,e))}return e}toString(){return this.cssText}},a=e=>new i(typeof e==`string`?e:e+``,void 0,n),o=(e,...t)=>new i(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,n),s=(n,r)=>{if(t)n.adoptedStyleSheets=r.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let t of r){let r=document.createElement(`style`),i=e.litNonce;i!==void 0&&r.setAttribute(`nonce`,i),r.textContent=t.cssText,n.appendChild(r)}},c=t?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return a(t)})(e):e,{is:l,defineProperty:u,getOwnPropertyDescriptor:d,getOwnPropertyNames:f,getOwnPropertySymbols:ee,getPrototypeOf:te}=Object,p=globalThis,m=p.trustedTypes,h=m?m.emptyScript:``,ne=p.reactiveElementPolyfillSupport,g=(e,t)=>e,_={toAttribute(e,t){switch(t){case Boolean:e=e?h:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},re=(e,t)=>!l(e,t),ie={attribute:!0,type:String,converter:_,reflect:!1,useDefault:!1,hasChanged:re};Symbol.metadata??=Symbol(`metadata`),p.litPropertyMetadata??=/* @__PURE__ */ new WeakMap;var v=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=ie){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&u(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=d(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??ie}static _$Ei(){if(this.hasOwnProperty(g(`elementProperties`)))return;let e=te(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(g(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(g(`properties`))){let e=this.properties,t=[...f(e),...ee(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=/* @__PURE__ */ new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(c(e))}else e!==void 0&&t.push(c(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=/* @__PURE__ */ new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=/* @__PURE__ */ new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=/* @__PURE__ */ new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return s(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?_:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?_:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??re)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=/* @__PURE__ */ new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=/* @__PURE__ */ new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=/* @__PURE__ */ new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};v.elementStyles=[],v.shadowRootOptions={mode:`open`},v[g(`elementProperties`)]=/* @__PURE__ */ new Map,v[g(`finalized`)]=/* @__PURE__ */ new Map,ne?.({ReactiveElement:v}),(p.reactiveElementVersions??=[]).push(`2.1.2`);var ae=globalThis,oe=e=>e,y=ae.trustedTypes,se=y?y.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,ce=`$lit$`,b=`lit$${Math.random().toFixed(9).slice(2)}$`,le=`?`+b,ue=`<${le}>`,x=document,S=()=>x.createComment(``),C=e=>e===null||typeof e!=`object`&&typeof e!=`function`,de=Array.isArray,fe=e=>de(e)||typeof e?.[Symbol.iterator]==`function`,pe=`[ 	
\f\r]`,w=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,me=/-->/g,he=/>/g,T=RegExp(`>|${pe}(?:([^\\s"'>=/]+)(${pe}*=${pe}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),ge=/'/g,_e=/"/g,ve=/^(?:script|style|textarea|title)$/i,ye=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),E=ye(1),D=ye(2),O=Symbol.for(`lit-noChange`),k=Symbol.for(`lit-nothing`),be=/* @__PURE__ */ new WeakMap,A=x.createTreeWalker(x,129);function xe(e,t){if(!de(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return se===void 0?t:se.createHTML(t)}var Se=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=w;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===w?c[1]===`!--`?o=me:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=T):(ve.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=T):o=he:o===T?c[0]===`>`?(o=i??w,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?T:c[3]===`"`?_e:ge):o===_e||o===ge?o=T:o===me||o===he?o=w:(o=T,i=void 0);let d=o===T&&e[t+1].startsWith(`/>`)?` `:``;a+=o===w?n+ue:l>=0?(r.push(s),n.slice(0,l)+ce+n.slice(l)+b+d):n+b+(l===-2?t:d)}return[xe(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},Ce=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=Se(t,n);if(this.el=e.createElement(l,r),A.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=A.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(ce)){let t=u[o++],n=i.getAttribute(e).split(b),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?Te:r[1]===`?`?Ee:r[1]===`@`?De:N}),i.removeAttribute(e)}else e.startsWith(b)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(ve.test(i.tagName)){let e=i.textContent.split(b),t=e.length-1;if(t>0){i.textContent=y?y.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],S()),A.nextNode(),c.push({type:2,index:++a});i.append(e[t],S())}}}else if(i.nodeType===8){if(i.data===le)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(b,e+1))!==-1;)c.push({type:7,index:a}),e+=b.length-1}}a++}}static createElement(e,t){let n=x.createElement(`template`);return n.innerHTML=e,n}};function j(e,t,n=e,r){if(t===O)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=C(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=j(e,i._$AS(e,t.values),i,r)),t}var we=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??x).importNode(t,!0);A.currentNode=r;let i=A.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new M(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new Oe(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=A.nextNode(),a++)}return A.currentNode=x,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},M=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=k,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=j(this,e,t),C(e)?e===k||e==null||e===``?(this._$AH!==k&&this._$AR(),this._$AH=k):e!==this._$AH&&e!==O&&this._(e):e._$litType$===void 0?e.nodeType===void 0?fe(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==k&&C(this._$AH)?this._$AA.nextSibling.data=e:this.T(x.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=Ce.createElement(xe(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new we(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=be.get(e.strings);return t===void 0&&be.set(e.strings,t=new Ce(e)),t}k(t){de(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(S()),this.O(S()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=oe(e).nextSibling;oe(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},N=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=k,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(/* @__PURE__ */ new String),this.strings=n):this._$AH=k}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=j(this,e,t,0),a=!C(e)||e!==this._$AH&&e!==O,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=j(this,r[n+o],t,o),s===O&&(s=this._$AH[o]),a||=!C(s)||s!==this._$AH[o],s===k?e=k:e!==k&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===k?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},Te=class extends N{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===k?void 0:e}},Ee=class extends N{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==k)}},De=class extends N{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=j(this,e,t,0)??k)===O)return;let n=this._$AH,r=e===k&&n!==k||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==k&&(n===k||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Oe=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){j(this,e)}},ke={M:ce,P:b,A:le,C:1,L:Se,R:we,D:fe,V:j,I:M,H:N,N:Ee,U:De,B:Te,F:Oe},Ae=ae.litHtmlPolyfillSupport;Ae?.(Ce,M),(ae.litHtmlVersions??=[]).push(`3.3.3`);var je=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new M(t.insertBefore(S(),e),e,void 0,n??{})}return i._$AI(e),i},Me=globalThis,P=class extends v{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=je(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return O}};P._$litElement$=!0,P.finalized=!0,Me.litElementHydrateSupport?.({LitElement:P});var Ne=Me.litElementPolyfillSupport;Ne?.({LitElement:P}),(Me.litElementVersions??=[]).push(`4.2.2`);var F=`back_exercise`,Pe=(e,t)=>{let n=e.entities[t];return n?.platform===`back_exercise`&&n.translation_key===`session`},Fe=(e,t)=>{let n=e.entities[t]?.device_id;return e.entities[t]?.platform!==`back_exercise`||n===void 0?null:Ie(e,n,`session`)},Ie=(e,t,n)=>Object.values(e.entities).find(e=>e?.platform===`back_exercise`&&e.device_id===t&&e.translation_key===n)?.entity_id??null,Le=(e,t)=>{let n=e.states[t]?.state;return e.connected&&n!==void 0&&n!==`unavailable`},Re=[`common`,`entity`,`exceptions`],ze=/* @__PURE__ */ new Map,Be=(e,t)=>{let n=ze.get(t);if(n)return n;let r=Ve(e,t);return ze.set(t,r),r.catch(()=>ze.delete(t)),r},Ve=async(e,t)=>{let n=await Promise.all(Re.map(n=>e.callWS({type:`frontend/get_translations`,language:t,category:n,integration:[F]})));return Object.assign({},...n.map(e=>e.resources))},He=null,I=(e,t={})=>(He??new We({"component.back_exercise.common.card_config_bad_entity":`“{entity}” is no entity. Choose the session sensor of a person.`,"component.back_exercise.common.card_config_bad_flag":`{field} must be true or false.`,"component.back_exercise.common.card_config_entity":`Person`,"component.back_exercise.common.card_config_entity_help":`The session sensor of the person who exercises.`,"component.back_exercise.common.card_config_large":`Large`,"component.back_exercise.common.card_config_large_help":`Made to be read from two metres away, on a tablet or television. Looks best as the only card of a view.`,"component.back_exercise.common.card_config_missing":`The configuration is missing.`,"component.back_exercise.common.card_config_no_entity":`Choose the session sensor of a person as entity.`,"component.back_exercise.common.card_config_show_history":`Show history`,"component.back_exercise.common.card_config_show_history_help":`Pain before and after each session, what was done, and every decision with its reason.`,"component.back_exercise.common.card_description":`Today’s exercises and why, a figure that moves with the voice, and how it went.`},`en`)).card(e,t),Ue=e=>{He=e},We=class{constructor(e,t,n={}){this.resources=e,this.language=t,this.locale=n,this.number=new Intl.NumberFormat(t),this.plural=new Intl.PluralRules(t)}card(e,t={}){return this.text(`common.card_${e}`,t)??e}counted(e,t){let n=`common.card_${e}_${this.plural.select(t)}`;return this.text(n,{count:t})??this.card(`${e}_other`,{count:t})}exercise(e){return this.text(`entity.sensor.exercise.state.${e}`)??e}routine(e){return this.text(`entity.select.routine.state.${e}`)??e}step(e){return this.text(`entity.sensor.exercise.state_attributes.step.state.${e}`)??e}outcome(e){let t=`entity.event.session_events.state_attributes.outcome.state.${e}`;return this.text(t)??e}refusal(e){let{translation_domain:t,translation_key:n}=e;return(t===`back_exercise`&&n!==void 0?this.text(`exceptions.${n}.message`,e.translation_placeholders):void 0)??e.message??this.card(`failed`)}time(e){return this.moment(e,{hour:`numeric`,minute:`2-digit`})}day(e){return this.moment(e,{weekday:`short`,day:`numeric`,month:`short`})}date(e){return this.moment(e,{day:`numeric`,month:`short`})}decimal(e){return this.number.format(e)}moment(e,t){let n={...t,...this.locale};return`hour`in t||delete n.hour12,new Intl.DateTimeFormat(this.language,n).format(new Date(e))}text(e,t={}){let n=this.resources[`component.${F}.${e}`];return n===void 0?void 0:this.fill(n,t)}fill(e,t){return e.replaceAll(/\{(\w+)\}/g,(e,n)=>this.shown(t[n]))}shown(e){return typeof e==`number`?this.decimal(e):e??``}},Ge=e=>{let t=e.locale?.time_format;return{...e.config?{timeZone:e.config.time_zone}:{},...t===`12`?{hour12:!0}:t===`24`?{hour12:!1}:{}}},L=`back-exercise-card`,Ke=`custom:${L}`,qe=e=>{if(typeof e!=`object`||!e)throw Error(I(`config_missing`));let{entity:t,large:n,show_history:r}=e;if(typeof t!=`string`||t===``)throw Error(I(`config_no_entity`));if(!/^[a-z_]+\.[a-z0-9_]+$/.test(t))throw Error(I(`config_bad_entity`,{entity:t}));return{type:Ke,entity:t,large:Je(`large`,n,!1),show_history:Je(`show_history`,r,!0)}},Je=(e,t,n)=>{if(t==null)return n;if(typeof t!=`boolean`)throw Error(I(`config_bad_flag`,{field:e}));return t},Ye=(e,t=[])=>({type:Ke,entity:[...t,...Object.keys(e.entities)].find(t=>Pe(e,t))??``}),Xe=(e,t)=>{let n=Fe(e,t);return n===null?null:{config:{type:Ke,entity:n}}},Ze=e=>e?{columns:`full`,min_columns:12}:{columns:12,min_columns:9},Qe=e=>({schema:[{name:`entity`,required:!0,selector:{entity:e?{include_entities:Object.keys(e.entities).filter(t=>Pe(e,t))}:{filter:{integration:F,domain:`sensor`}}}},{name:`large`,selector:{boolean:{}}},{name:`show_history`,default:!0,selector:{boolean:{}}}],computeLabel:({name:e})=>I(`config_${e}`),computeHelper:({name:e})=>I(`config_${e}_help`),assertConfig:qe}),$e=e=>Date.parse(e),et=1e-4,tt=class{constructor(e=()=>performance.now()){this.monotonic=e,this.ahead=null,this.heardAt=0}hear(e){let t=this.monotonic(),n=e-t,r=(t-this.heardAt)*et;this.ahead=this.ahead===null?n:Math.max(n,this.ahead-r),this.heardAt=t}reset(){this.ahead=null}now(){return this.ahead===null?Date.now():this.monotonic()+this.ahead}},nt=class{constructor(e,t=new tt){this.changed=e,this.view=null,this.refusal=null,this.made=null,this.entity=null,this.isFirst=!0,this.end=null,this.clock=t}see(e,t){let n=Le(e,t.entity)?JSON.stringify(t):null;if(e.connected&&n===null&&(this.view=null),n===this.made||(this.drop(),n===null))return;t.entity!==this.entity&&(this.view=null),this.entity=t.entity,this.made=n,this.isFirst=!0;let r={type:`${F}/subscribe`,entity_id:t.entity,language:t.language,...t.listen?{listen:!0}:{}};this.end=e.connection.subscribeMessage(e=>{this.made===n&&this.take(e)},r,{resubscribe:!1}),this.end.catch(e=>{this.made===n&&this.refuse(e)})}close(){this.drop(),this.view=null}drop(){this.end?.then(e=>e()).catch(()=>void 0),this.end=null,this.made=null,this.refusal=null}take(e){this.isFirst&&this.clock.reset(),this.isFirst=!1,this.clock.hear($e(e.now)),this.view=e,this.changed()}refuse(e){this.refusal=e,this.view=null,this.changed()}},rt=class{constructor(e){this.changed=e,this.sessions=[],this.hasMore=!1,this.isLoading=!1,this.refusal=null,this.before=null,this.of=null}async see(e,t,n){let r=JSON.stringify([t.entity,t.language,n]);r!==this.of&&(this.of=r,await this.load(e,t,null))}async more(e,t){await this.load(e,t,this.before)}async load(e,t,n){let{of:r}=this;this.isLoading=!0,this.changed();try{let i=await e.callWS({type:`${F}/history`,entity_id:t.entity,language:t.language,...n===null?{}:{before:n}});if(r!==this.of)return;this.sessions=n===null?i.sessions:[...this.sessions,...i.sessions],this.before=i.before,this.hasMore=i.before!==null,this.refusal=null}catch(e){r===this.of&&(this.refusal=e)}this.isLoading=!1,this.changed()}},it=(e,t)=>{let n=e.toReversed(),r=(t.width-2*t.margin)/Math.max(1,n.length-1),i=n.length===1,a=Math.max(1,...n.map(e=>Math.ceil(e.work_seconds/60))),o=t.pain+t.gap+t.dose,s=Math.max(2,Math.min(14,r*.6)),c=n.map((e,n)=>{let c=e.work_seconds/60/a*t.dose;return{session:e,x:i?t.width/2:t.margin+n*r,before:at(e.pain_before,t),after:at(e.pain_after,t),bar:{y:o-c,height:c,width:s}}});return{marks:c,before:ot(c.map(({x:e,before:t})=>[e,t])),after:ot(c.map(({x:e,after:t})=>[e,t])),lines:[0,5,10].map(e=>({value:e,y:t.pain*(1-e/10)})),most:a}},at=(e,t)=>e===null?null:t.pain*(1-e/10),ot=e=>{let t=`M`;return e.flatMap(([e,n])=>{if(n===null)return t=`M`,[];let r=`${t}${st(e)} ${st(n)}`;return t=`L`,[r]}).join(``)},st=e=>Math.round(e*10)/10,ct=(e,t)=>{let n=2*Math.PI*e;return`${st(n*t)} ${st(n)}`},lt={play:`M8 5v14l11-7z`,pause:`M7 5h4v14H7zM13 5h4v14h-4z`,next:`M6 6v12l8.5-6zM16 6h2.5v12H16z`,previous:`M18 6v12l-8.5-6zM5.5 6H8v12H5.5z`,stop:`M6 6h12v12H6z`,repeat:`M12 5V1L7 6l5 5V7a5 5 0 1 1-5 5H5a7 7 0 1 0 7-7z`,explain:`M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20zm1 15h-2v-6h2zm0-8h-2V7h2z`,easier:`M11 4h2v12l5-5 1.4 1.4L12 19.8l-7.4-7.4L6 11l5 5z`,sharp_pain:`M13 2 5 14h6l-1 8 8-12h-6z`,lock:`M12 2a5 5 0 0 0-5 5v3H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-8a2 2 0 0 0-2-2h-1V7a5 5 0 0 0-5-5zm0 2a3 3 0 0 1 3 3v3H9V7a3 3 0 0 1 3-3z`,sound:`M3 9v6h4l5 5V4L7 9zm11-.9v7.8a4 4 0 0 0 0-7.8zm0-4.9v2.1a7 7 0 0 1 0 13.4v2.1a9 9 0 0 0 0-17.6z`,close:`M18.3 5.7 12 12l6.3 6.3-1.4 1.4-6.3-6.3-6.3 6.3-1.4-1.4L9.2 12 2.9 5.7l1.4-1.4 6.3 6.3 6.3-6.3z`},ut=e=>E`<svg class="icon icon-${e}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${D`<path d=${lt[e]} />`}
  </svg>`,R=(e,t,{look:n=`soft`,icon:r,bare:i=!1,able:a=!0}={})=>E`<button
    type="button"
    class="button ${n}"
    aria-label=${i?e:k}
    title=${i?e:k}
    aria-disabled=${a?`false`:`true`}
    @click=${()=>{a&&t()}}
  >
    ${r?ut(r):k}${i?k:E`<span>${e}</span>`}
  </button>`,z=(e,t,n={})=>{let{view:r,texts:i,canAct:a,act:o}=e,s=a&&(r.session?.allowed.includes(t)??!1);return R(n.text??i.card(t),()=>o(t),{able:s,...n})},dt=Array.from({length:11},(e,t)=>t),ft=(e,t,n,r)=>{let{texts:i,canAct:a}=e;return E`<div class="scale ${t}" role="group" aria-label=${i.card(t)}>
      ${dt.map(e=>E`<button
            type="button"
            aria-pressed=${n===e?`true`:`false`}
            aria-disabled=${a?`false`:`true`}
            aria-label=${e===0||e===10?`${i.decimal(e)}, ${i.card(`${t}_${e}`)}`:k}
            style="--level: ${e*10}%"
            @click=${()=>{a&&r(e)}}
          >
            ${i.decimal(e)}
          </button>`)}
    </div>
    <div class="ends" aria-hidden="true">
      <span>${i.card(`${t}_0`)}</span><span>${i.card(`${t}_10`)}</span>
    </div>`},B={width:320,pain:100,gap:14,dose:40,margin:10},pt=5,mt=e=>{let{pages:t,texts:n,older:r}=e,{sessions:i}=t;return t.refusal?E`<p class="state">${n.refusal(t.refusal)}</p>`:i.length===0?t.isLoading?E``:E`<p class="dim empty">${n.card(`history_empty`)}</p>`:E`<section class="history">
    <h2>${n.card(`history`)}</h2>
    ${ht(i,n)}
    <ul class="legend" aria-hidden="true">
      <li class="before">${n.card(`pain_before`)}</li>
      <li class="after">${n.card(`pain_after`)}</li>
      <li class="bar">${n.card(`work`)}</li>
    </ul>
    <ol class="sessions">
      ${i.slice(0,pt).map(e=>_t(e,n))}
    </ol>
    ${i.length>pt||t.hasMore?E`<details>
            <summary>${n.card(`all_sessions`)}</summary>
            <ol class="sessions">
              ${i.slice(pt).map(e=>_t(e,n))}
            </ol>
            ${t.hasMore?R(n.card(`older`),r,{look:`outlined`,able:!t.isLoading}):k}
          </details>`:k}
    <details>
      <summary>${n.card(`as_table`)}</summary>
      ${vt(i,n)}
    </details>
    ${R(n.card(`sheet`),e.openSheet,{look:`outlined`})}
  </section>`},ht=(e,t)=>{let{marks:n,before:r,after:i,lines:a,most:o}=it(e,B),s=B.pain+B.gap+B.dose,[c,l]=[n[0]?.session,n.at(-1)?.session];return E`<figure class="chart">
    <svg
      viewBox="-22 -8 ${B.width+30} ${s+30}"
      role="img"
      aria-label=${t.counted(`chart_label`,e.length)}
    >
      ${a.map(({value:e,y:n})=>D`<line class="grid" x1="0" x2=${B.width} y1=${n} y2=${n} />
            <text class="tick" x="-6" y=${n+3} text-anchor="end">${t.decimal(e)}</text>`)}
      ${n.map(({x:e,bar:t})=>D`<rect class="bar" x=${e-t.width/2} y=${t.y} width=${t.width} height=${t.height} rx="2" />`)}
      <line class="grid" x1="0" x2=${B.width} y1=${s} y2=${s} />
      <text class="tick" x="-6" y=${s-B.dose+3} text-anchor="end">
        ${t.decimal(o)}
      </text>
      <path class="line before" d=${r} />
      <path class="line after" d=${i} />
      ${n.map(e=>gt(e))}
      ${c?D`<text class="tick" x="0" y=${s+16}>${t.date(c.at)}</text>`:k}
      ${l&&l!==c?D`<text class="tick" x=${B.width} y=${s+16} text-anchor="end">${t.date(l.at)}</text>`:k}
    </svg>
  </figure>`},gt=({x:e,before:t,after:n})=>E`${t===null?k:D`<circle class="dot before" cx=${e} cy=${t} r="3.2" />`}
  ${n===null?k:D`<circle class="dot after" cx=${e} cy=${n} r="3.2" />`}`,_t=(e,t)=>{let{pain_before:n,pain_after:r}=e;return E`<li>
    <div class="when">
      <strong>${t.day(e.at)}</strong>
      <span class="dim">
        ${[t.outcome(e.outcome),...e.minutes>0?[t.card(`minutes`,{minutes:Math.round(e.minutes)})]:[]].join(` · `)}
      </span>
      <span class="pains">
        ${n===null&&r===null?k:t.card(`pain_change`,{before:n===null?`–`:t.decimal(n),after:r===null?`–`:t.decimal(r)})}
      </span>
    </div>
    ${e.decisions.length>0?E`<ul class="reasons">
            ${e.decisions.map(({sentence:e})=>E`<li>${e}</li>`)}
          </ul>`:k}
  </li>`},vt=(e,t)=>{let n=e=>e===null?`–`:t.decimal(e);return E`<div class="scroll" tabindex="0" role="region" aria-label=${t.card(`history`)}>
    <table>
      <thead>
        <tr>
          ${[`date`,`outcome`,`minutes_short`,`pain_before`,`pain_after`,`pain_next_day`].map(e=>E`<th scope="col">${t.card(e)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${e.map(e=>E`<tr>
              <th scope="row">${t.day(e.at)}</th>
              <td>${t.outcome(e.outcome)}</td>
              <td>${t.decimal(Math.round(e.work_seconds/6)/10)}</td>
              <td>${n(e.pain_before)}</td>
              <td>${n(e.pain_after)}</td>
              <td>${n(e.pain_next_day)}</td>
            </tr>`)}
      </tbody>
    </table>
  </div>`},yt=class extends P{static{this.properties={until:{type:String},clock:{attribute:!1},texts:{attribute:!1}}}connectedCallback(){super.connectedCallback(),this.requestUpdate()}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.timer)}render(){let e=Math.max(0,Math.ceil(this.left/1e3)),t=Math.floor(e/60);return t===0?E`${this.texts.decimal(e)}`:E`${t}:${String(e%60).padStart(2,`0`)}`}updated(){clearTimeout(this.timer);let{left:e}=this;e>0&&this.isConnected&&(this.timer=setTimeout(()=>{this.requestUpdate()},e%1e3+10))}get left(){return $e(this.until)-this.clock.now()}},bt=Array.from({length:32},(e,t)=>{let n=2*Math.PI*t/32;return[Math.cos(n),Math.sin(n)]}),xt=1e-6,St=class{constructor({camera:e,mirror:t},n){let[r,i,a,o,s]=e,c=n===`left`&&t===`picture`;this.scale=a,this.x=c?240-o:o,this.y=s;let[l,u]=Dt(c?-r:r),[d,f]=Dt(i);this.turned=([e,t,n])=>{let[r,i]=[e*u+n*l,n*u-e*l];return[r,t*f-i*d,i*f+t*d]}}depth(e){return this.turned(e)[2]}circle(e,t){let[n,r]=this.turned(e);return[this.x+n*this.scale,this.y-r*this.scale,t*this.scale]}},V=(e,...t)=>({tone:e,outlines:t.map(Ct)}),Ct=e=>bt.map(([t,n])=>wt(e,t,n));function wt(e,t,n){let r=-1/0,i=[0,0];for(let[a,o,s]of e){let e=a*t+o*n+s;e>r+xt&&(r=e,i=[a+s*t,o+s*n])}return i}var Tt=e=>e.slice(1).map((t,n)=>e.slice(n,n+2));function Et(e,t){let[[n,r],[i,a]]=e.slice(-2),o=Math.hypot(i-n,a-r),[s,c]=[(i-n)/o,(a-r)/o],l=3*t,u=.9*t;return V(`arrow`,...Tt(e.map(([e,t])=>[e,t,u])),[[i-c*l,a+s*l,.5],[i+s*l*1.7,a+c*l*1.7,.5],[i+c*l,a-s*l,.5]])}function Dt(e){let t=e*Math.PI/180;return[Math.sin(t),Math.cos(t)]}var Ot={body:{trunk:24,shoulder:15,hip:8.5,neck:15,face:10,arm:[28,25,9],leg:[41,40,14]},exercises:{pelvic_tilts:{mirror:`near_far`,camera:[-6,6,1.45,128,122],mat:[[-82,-34],[66,-34],[66,34],[-82,34]],moving:[`trunk`],arrows:[{at:0,way:[[-21,52,0],[-21,36,0]]},{at:1,way:[[-21,46,0],[-21,30,0]]}],frames:[{neck:[-44.2,9,0],pelvis:[.2,9.5,0],front:[0,1,0],head:[-1,.1,0],face:[.1,1,0],arm_r:[[-22,3.2,13],[-.4,.14,1],[.25,0,-1]],arm_l:[[4,4,-23],[0,.3,-1],[1,0,0]],leg_r:[[38,5.2,9],[0,1,.08],[1,0,.1]],leg_l:[[38,5.2,-9],[0,1,-.08],[1,0,-.1]],bend:[0,1,0]},{neck:[-46.8,9,0],pelvis:[.8,10.5,0]}]},isometric_hip_flexion:{mirror:`near_far`,camera:[-20,16,1.3,122,124],mat:[[-82,-34],[66,-34],[66,34],[-82,34]],moving:[`leg_r`],arrows:[{at:0,of:{joint:`knee_r`,start:.1,end:.8}},{at:1,way:[[-25,64,9],[-14,64,9]]},{at:1,way:[[27,64,9],[16,64,9]]}],nearer:{arm_r:12},frames:[{neck:[-47,9,0],pelvis:[.2,9.5,0],front:[0,1,0],head:[-1,.1,0],face:[.1,1,0],arm_r:[[4,4,23],[0,.3,1],[1,0,0]],arm_l:[[4,4,-23],[0,.3,-1],[1,0,0]],leg_r:[[38,5.2,9],[0,1,.08],[1,0,.1]],leg_l:[[38,5.2,-9],[0,1,-.08],[1,0,-.1]]},{arm_r:[[-7,48,10],[-.3,-1,.6],[.9,.45,-.2]],leg_r:[[40,51,9],[0,1,0],[.3,1,0]]}]},bridges:{mirror:`near_far`,camera:[-20,16,1.3,122,124],mat:[[-82,-34],[66,-34],[66,34],[-82,34]],moving:[`trunk`],arrows:[{at:0,way:[[0,24,0],[0,44,0]]}],frames:[{neck:[-47,9,0],pelvis:[.2,9.5,0],front:[0,1,0],head:[-1,.1,0],face:[.1,1,0],arm_r:[[4,4,23],[0,.3,1],[1,0,0]],arm_l:[[4,4,-23],[0,.3,-1],[1,0,0]],leg_r:[[38,5.2,9],[0,1,.08],[1,0,.1]],leg_l:[[38,5.2,-9],[0,1,-.08],[1,0,-.1]]},{pelvis:[-3,31,0],neck:[-46,10,0]}]},simplified_piriformis_stretch:{mirror:`picture`,camera:[42,38,1.25,124,97],nearer:{leg_r:40,arm_r:50},mat:[[-78,-30],[58,-30],[58,30],[-78,30]],moving:[`leg_r`],arrows:[{at:0,way:[[-4,46,42],[6,46,46],[15,43,46],[23,39,44]]}],frames:[{neck:[-47,9,0],pelvis:[.2,9.5,0],front:[0,1,0],head:[-1,.1,0],face:[.1,1,0],arm_r:[[-16,44,24],[-.2,-1,1],[.5,.6,.6]],arm_l:[[4,4,-23],[0,.3,-1],[1,0,0]],leg_r:[[12.5,43,-10],[-.5,.3,.8],[.1,.3,-1]],leg_l:[[38,5.2,-9],[0,1,-.08],[1,0,-.1]]},{leg_r:[[12.5,43,-10],[.4,.25,.85],[.1,.3,-1]],arm_r:[[2,36.8,30],[-.2,-1,1],[.9,.1,.3]]}]},piriformis_stretch:{mirror:`picture`,camera:[-30,34,1.2,130,99],nearer:{arm_r:40,arm_l:20},mat:[[-78,-30],[58,-30],[58,30],[-78,30]],moving:[`leg_l`],arrows:[{at:0,way:[[22,58,-12],[14,64,-12],[5,67,-12],[-5,66,-12],[-13,62,-12]]}],frames:[{neck:[-47,9,0],pelvis:[.2,9.5,0],front:[0,1,0],head:[-1,.1,0],face:[.1,1,0],arm_r:[[7,26,-1],[-.2,-1,1],[.5,.5,-1]],arm_l:[[7,26,-16],[-.2,-1,-1],[.5,.5,1]],leg_r:[[9.5,43.5,-10],[0,.3,.8],[.1,.3,-1]],leg_l:[[38,5.2,-9],[0,1,-.08],[1,0,-.1]]},{leg_l:[[25,51,-9],[-.5,1,0],[.3,1,0]],leg_r:[[-20,38.5,-10],[0,.3,.8],[0,.3,-1]],arm_r:[[0,34.7,-1],[-.2,-1,1],[.5,.5,-1]],arm_l:[[0,34.7,-16],[-.2,-1,-1],[.5,.5,1]]}]},dead_bugs:{mirror:`near_far`,camera:[-14,14,1.24,142,124],mat:[[-98,-32],[62,-32],[62,32],[-98,32]],moving:[`leg_r`,`arm_l`],arrows:[{at:0,of:{joint:`knee_r`,start:.1,end:.9}},{at:0,of:{joint:`hand_l`,start:.1,end:.8}}],frames:[{neck:[-47,9,0],pelvis:[.2,9.5,0],front:[0,1,0],head:[-1,.1,0],face:[.1,1,0],arm_r:[[-43,62,15],[-.5,0,1],[0,1,0]],arm_l:[[-43,62,-15],[-.5,0,-1],[0,1,0]],leg_r:[[38,5.2,9],[0,1,.08],[1,0,.1]],leg_l:[[38,5.2,-9],[0,1,-.08],[1,0,-.1]]},{arm_l:[[-93,22,-17],[0,1,-1],[-1,.1,0]],leg_r:[[26,52,9],[-.5,1,0],[1,.4,0]]}]},bird_dogs:{mirror:`near_far`,camera:[-16,12,1.12,133,126],mat:[[-90,-32],[70,-32],[70,32],[-90,32]],moving:[`leg_r`,`arm_l`],arrows:[{at:0,of:{joint:`ankle_r`,start:.15,end:.7}},{at:0,of:{joint:`hand_l`,start:.15,end:.7}}],frames:[{neck:[25,54.5,0],pelvis:[-21.5,46.2,0],front:[0,-1,0],head:[.95,.3,0],face:[.55,-.85,0],arm_r:[[20,3.5,15],[-1,0,.3],[1,-.1,0]],arm_l:[[20,3.5,-15],[-1,0,-.3],[1,-.1,0]],leg_r:[[-62,4,9],[1,-1,0],[-1,-.1,0]],leg_l:[[-62,4,-9],[1,-1,0],[-1,-.1,0]]},{arm_l:[[72,58,-15],[0,-1,-.3],[1,.05,0]],leg_r:[[-102,48,9],[0,-1,0],[-.9,-.5,0]]}]},fire_hydrants:{mirror:`picture`,camera:[78,32,1.15,117,101],mat:[[-76,-28],[54,-28],[54,28],[-76,28]],moving:[`leg_r`],arrows:[{at:0,of:{joint:`knee_r`,start:.1,end:.9}}],frames:[{neck:[25,54.5,0],pelvis:[-21.5,46.2,0],front:[0,-1,0],head:[.95,.3,0],face:[.55,-.85,0],arm_r:[[20,3.5,15],[-1,0,.3],[1,-.1,0]],arm_l:[[20,3.5,-15],[-1,0,-.3],[1,-.1,0]],leg_r:[[-62,4,9],[1,-1,0],[-1,-.1,0]],leg_l:[[-62,4,-9],[1,-1,0],[-1,-.1,0]]},{leg_r:[[-58,42,49],[1,0,.9],[-1,-.1,0]]}]},single_leg_bridges:{mirror:`near_far`,camera:[-20,16,1.3,122,124],mat:[[-82,-34],[66,-34],[66,34],[-82,34]],moving:[`trunk`,`leg_r`],arrows:[{at:0,way:[[-6,26,0],[-6,46,0]]}],frames:[{neck:[-47,9,0],pelvis:[.2,9.5,0],front:[0,1,0],head:[-1,.1,0],face:[.1,1,0],arm_r:[[4,4,23],[0,.3,1],[1,0,0]],arm_l:[[4,4,-23],[0,.3,-1],[1,0,0]],leg_r:[[56,66,9],[0,1,0],[.3,1,0]],leg_l:[[38,5.2,-9],[0,1,-.08],[1,0,-.1]]},{pelvis:[-3,31,0],neck:[-46,10,0],leg_r:[[56,84,9],[0,1,0],[.3,1,0]]}]},side_planks:{mirror:`picture`,camera:[-14,16,1.15,103,118],mat:[[-76,-26],[112,-26],[112,40],[-76,40]],moving:[`trunk`],arrows:[{at:0,way:[[24,42,0],[24,60,0]]}],frames:[{neck:[-34,47,0],pelvis:[3,17.5,0],front:[0,0,1],bend:[0,-1,0],head:[-.9,.45,0],face:[0,-.1,1],arm_r:[[-52,3.5,18],[1,-.6,-.8],[-.8,-.03,.6]],arm_l:[[6,31,5],[-.2,1,-.2],[1,-.8,.4]],leg_r:[[78,5,0],[0,.2,1],[.3,0,1]],leg_l:[[80,13,-1],[0,.2,1],[.3,0,1]]},{neck:[-40,49,0],pelvis:[5.3,33.5,0],arm_l:[[6,47,8],[-.2,1,-.2],[1,-.8,.4]],leg_r:[[80,5,0],[0,.2,1],[.3,0,1]],leg_l:[[82,13,-1],[0,.2,1],[.3,0,1]]}]},single_leg_balance:{mirror:`picture`,camera:[35,10,.86,134,147],mat:[[-90,-27],[42,-27],[42,27],[-90,27]],moving:[`leg_l`],arrows:[{at:0,way:[[22,24,20],[22,50,20]]}],props:[{tone:`cushion`,balls:[[[-20,6,-14],6],[[-20,6,22],6],[[20,6,-14],6],[[20,6,22],6]],nearer:-60},{tone:`furniture`,balls:[[[-50,2,-16],2],[[-50,88,-16],2]]},{tone:`furniture`,balls:[[[-50,2,16],2],[[-50,88,16],2]]},{tone:`furniture`,balls:[[[-84,2,-16],2],[[-84,44,-16],2]]},{tone:`furniture`,balls:[[[-84,2,16],2],[[-84,44,16],2]]},{tone:`furniture`,balls:[[[-50,44,-16],2.5],[[-50,44,16],2.5],[[-84,44,-16],2.5],[[-84,44,16],2.5]]},{tone:`furniture`,balls:[[[-50,86,-16],2.5],[[-50,86,16],2.5],[[-50,68,-16],2.5],[[-50,68,16],2.5]]}],frames:[{neck:[0,144.5,0],pelvis:[0,97.5,0],front:[0,0,1],head:[0,1,.1],face:[0,0,1],arm_r:[[-15,106,6],[-1,0,-.7],[.7,-.4,.6]],arm_l:[[15,106,6],[1,0,-.7],[-.7,-.4,.6]],leg_r:[[-7,16.5,0],[-.1,0,1],[-.15,0,1]],leg_l:[[9,16.5,0],[.1,0,1],[.15,0,1]]},{neck:[-5,145,0],pelvis:[-4,98,0],arm_r:[[-19,106,6],[-1,0,-.7],[.7,-.4,.6]],arm_l:[[11,106,6],[1,0,-.7],[-.7,-.4,.6]],leg_l:[[9,46,-2],[.1,.3,1],[.15,-.5,1]]}]},monster_walks:{mirror:`left_right`,camera:[13,21,.92,120,132],mat:[[-64,-50],[64,-50],[64,54],[-64,54]],moving:[`leg_r`],arrows:[{at:0,way:[[-32,2,-16],[-39,2,-8],[-43,2,0],[-45,2,10],[-44,2,20],[-42,2,27]]}],props:[{tone:`band`,balls:[[`ankle_r`,4.5],[`ankle_l`,4.5]],nearer:50}],frames:[{neck:[0,116,18],pelvis:[0,72,-2],front:[0,0,1],head:[0,1,.1],face:[0,0,1],arm_r:[[-16,81,8],[-1,0,-.7],[.7,-.4,.6]],arm_l:[[16,81,8],[1,0,-.7],[-.7,-.4,.6]],leg_r:[[-22,9,-16],[-.55,0,1],[-.25,-.45,1]],leg_l:[[25,5.2,16],[.55,0,1],[.25,0,1]]},{leg_r:[[-15,16,0],[-.55,0,1],[-.2,-.3,1]],leg_l:[[23,5.2,0],[.55,0,1],[.25,0,1]]},{leg_r:[[-25,5.2,16],[-.55,0,1],[-.25,0,1]],leg_l:[[22,9,-16],[.55,0,1],[.25,-.45,1]]}]},single_leg_balance_on_level_surface:{mirror:`picture`,camera:[35,10,.86,134,147],mat:[[-90,-27],[42,-27],[42,27],[-90,27]],moving:[`leg_l`],arrows:[{at:0,way:[[22,12.7,20],[22,38.7,20]]}],props:[{tone:`furniture`,balls:[[[-50,2,-16],2],[[-50,88,-16],2]]},{tone:`furniture`,balls:[[[-50,2,16],2],[[-50,88,16],2]]},{tone:`furniture`,balls:[[[-84,2,-16],2],[[-84,44,-16],2]]},{tone:`furniture`,balls:[[[-84,2,16],2],[[-84,44,16],2]]},{tone:`furniture`,balls:[[[-50,44,-16],2.5],[[-50,44,16],2.5],[[-84,44,-16],2.5],[[-84,44,16],2.5]]},{tone:`furniture`,balls:[[[-50,86,-16],2.5],[[-50,86,16],2.5],[[-50,68,-16],2.5],[[-50,68,16],2.5]]}],frames:[{neck:[0,133.2,0],pelvis:[0,86.2,0],front:[0,0,1],head:[0,1,.1],face:[0,0,1],arm_r:[[-15,94.7,6],[-1,0,-.7],[.7,-.4,.6]],arm_l:[[15,94.7,6],[1,0,-.7],[-.7,-.4,.6]],leg_r:[[-7,5.2,0],[-.1,0,1],[-.15,0,1]],leg_l:[[9,5.2,0],[.1,0,1],[.15,0,1]]},{neck:[-5,133.7,0],pelvis:[-4,86.7,0],arm_r:[[-19,94.7,6],[-1,0,-.7],[.7,-.4,.6]],arm_l:[[11,94.7,6],[1,0,-.7],[-.7,-.4,.6]],leg_l:[[9,34.7,-2],[.1,.3,1],[.15,-.5,1]]}]}}},kt=1e-6;function H(e,t,n){let[r,i]=[q(e),q(t)],a=Math.acos(Math.min(Math.max(Nt(r,i),-1),1));return a<kt?r:Mt(G(r,Math.sin((1-n)*a)/Math.sin(a)),G(i,Math.sin(n*a)/Math.sin(a)))}var At=(e,t,n)=>Mt(G(e,1-n),G(t,n)),U=(e,t,n)=>Mt(e,G(t,n)),jt=(e,t)=>W(e,G(t,Nt(e,t))),Mt=(e,t)=>[e[0]+t[0],e[1]+t[1],e[2]+t[2]],W=(e,t)=>[e[0]-t[0],e[1]-t[1],e[2]-t[2]],G=(e,t)=>[e[0]*t,e[1]*t,e[2]*t],Nt=(e,t)=>e[0]*t[0]+e[1]*t[1]+e[2]*t[2],Pt=(e,t)=>[e[1]*t[2]-e[2]*t[1],e[2]*t[0]-e[0]*t[2],e[0]*t[1]-e[1]*t[0]],K=e=>Math.sqrt(Nt(e,e)),q=e=>G(e,1/K(e)),{body:J,exercises:Ft}=Ot,It=[[`arm`,`r`,[`shoulder`,`elbow`,`wrist`,`hand`]],[`arm`,`l`,[`shoulder`,`elbow`,`wrist`,`hand`]],[`leg`,`r`,[`hip`,`knee`,`ankle`,`toe`]],[`leg`,`l`,[`hip`,`knee`,`ankle`,`toe`]]],Lt=6,Rt=e=>Ft[e];function zt(e,{side:t,phase:n}){let[r,...i]=e.frames,a=Math.min(Math.max(n,0),1)*i.length,o=Math.min(Math.floor(a),i.length-1),[s,c]=[i[o-1],i[o]].map(e=>({...r,...e})),l=Ht(s,c,a-o);return t===`left`?Object.fromEntries(Object.entries(l).map(([n,r])=>[Vt(n),Bt(r,e.mirror,t)])):l}function Y(e,t){let n=e[t];if(!n)throw RangeError(`no joint ${t}`);return n}function Bt([e,t,n],r,i){return i===`left`?r===`near_far`?[e,t,-n]:[-e,t,n]:[e,t,n]}var Vt=e=>e.replace(/_([rl])$/,(e,t)=>t===`r`?`_l`:`_r`);function Ht(e,t,n){let r=At(e.neck,t.neck,n),i=Wt(r,Kt(e.neck,e.pelvis,t.neck,t.pelvis,r,n),H(e.front,t.front,n),H(Ut(e),Ut(t),n)),a=U(r,H(e.head,t.head,n),J.neck);i.head=a,i.nose=U(a,H(e.face,t.face,n),J.face);let o=Wt(e.neck,e.pelvis,e.front,Ut(e)),s=Wt(t.neck,t.pelvis,t.front,Ut(t));for(let[r,a,c]of It){let[l,u,d,f]=c.map(e=>`${e}_${a}`),[ee,te,p]=J[r],[m,h]=[e[`${r}_${a}`],t[`${r}_${a}`]],ne=Y(i,l),[g,_]=Gt(ne,K(W(h[0],m[0]))===0?m[0]:Kt(Y(o,l),m[0],Y(s,l),h[0],ne,n),ee,te,H(m[1],h[1],n));i[u]=g,i[d]=_,i[f]=U(_,H(m[2],h[2],n),p)}return i}var Ut=e=>e.bend??e.front;function Wt(e,t,n,r){let[i,a]=Gt(e,t,J.trunk,J.trunk,r),o=q(Pt(n,W(e,a))),s=U(e,q(W(i,e)),Lt);return{neck:e,waist:i,pelvis:a,shoulder_r:U(s,o,J.shoulder),shoulder_l:U(s,o,-J.shoulder),hip_r:U(a,o,J.hip),hip_l:U(a,o,-J.hip)}}function Gt(e,t,n,r,i){let a=W(t,e),o=Math.min(Math.max(K(a),Math.abs(n-r)+.1),n+r-.001),s=q(a),c=(o**2+n**2-r**2)/(2*o),l=Math.sqrt(n**2-c**2);return[U(U(e,s,c),q(jt(i,s)),l),U(e,s,o)]}function Kt(e,t,n,r,i,a){let[o,s]=[W(t,e),W(r,n)],c=K(o)+(K(s)-K(o))*a;return U(i,H(o,s,a),c)}var qt=`0 0 240 160`,X=`var(--ha-card-background, var(--card-background-color, #fff))`,Jt=`var(--back-exercise-figure-skin, #a0a8b0)`,Yt=`var(--back-exercise-figure-leg, #6f8296)`,Xt={mat:`color-mix(in srgb, var(--back-exercise-figure-mat, #7fae9d) 35%, ${X})`,cushion:`var(--back-exercise-figure-cushion, #d9a441)`,furniture:`color-mix(in srgb, #8d8579 75%, ${X})`,band:`var(--back-exercise-figure-band, #1f9d63)`,arm:Jt,far_arm:`color-mix(in srgb, ${Jt} 62%, ${X})`,leg:Yt,far_leg:`color-mix(in srgb, ${Yt} 58%, ${X})`,trunk:`var(--back-exercise-figure-trunk, #5d6873)`,moving:`var(--back-exercise-figure-moving, var(--primary-color, #e0662c))`,head:Jt,hair:`var(--back-exercise-figure-hair, #86573a)`,eye:`#1f2933`,arrow:`var(--back-exercise-figure-arrow, var(--primary-text-color, #212121))`},Zt=6,Qt=-.5,$t=8;function en(e,t,n=!1){return D`<g
    style="stroke: ${X}; stroke-width: 2; stroke-linejoin: round; paint-order: stroke"
  >${nn(e,t,n).map(({tone:e,outlines:t})=>D`<path style="fill: ${Xt[e]}${e===`eye`?`; stroke: none`:``}" d=${t.map(e=>`M${e.map(([e,t])=>`${tn(e)},${tn(t)}`).join(` `)}Z`).join(``)}></path>`)}</g>`}var tn=e=>Math.round(e*10)/10;function nn(e,t,n){let r=Rt(e);return r?new rn(r,t).shapes(n):[]}var rn=class{constructor(e,t){this.figure=e,this.moment=t,this.pose=zt(e,t),this.start=zt(e,{...t,phase:0}),this.camera=new St(e,t.side)}shapes(e){let t=[this.trunk(),...this.head(),...this.limbs(),...this.props()];return t.sort((e,t)=>e[0]-t[0]),[this.mat(),...t.map(([,e])=>e),...e?this.arrows():[]]}mat(){return V(`mat`,this.figure.mat.map(([e,t])=>this.camera.circle(this.placed([e,0,t]),1.5)))}trunk(){let[e,t]=[this.joint(`neck`),this.joint(`waist`)],n=q(W(this.joint(`shoulder_r`),this.joint(`shoulder_l`))),r=q(W(t,e)),i=(e,t,r)=>[t,-t].map(t=>this.camera.circle(U(e,n,t),r)),a=i(t,6,7.5),o=V(this.tone(`trunk`,`trunk`),[...i(U(e,r,6),13,6.5),...i(U(e,r,13),7,9.5),...a],[...a,...i(this.joint(`pelvis`),7.5,9)]);return[this.camera.depth(At(e,this.joint(`pelvis`),.5)),o]}head(){let[e,t]=[this.joint(`neck`),this.joint(`head`)],n=q(W(this.joint(`nose`),t)),r=q(jt(W(t,e),n)),i=Pt(n,r),a=this.camera.depth(t),o=this.camera.depth(U(t,n,1))-a,s=(e,i,a)=>this.camera.circle(U(U(t,n,e),r,i),a),c=V(`hair`,[s(-2,1.6,9.4),s(-4.5,-3.5,6)]),l=V(`head`,[s(1.4,-.4,8.4),s(3.4,-6,5)],[s(7.5,.2,2.4),s(11.2,-2,1.4)]),[u,d]=o<Qt?[l,c]:[c,l],f=V(`head`,[this.camera.circle(e,5),s(0,-5,4.6)]),ee=[3.6,-3.6].map(e=>U(U(U(t,n,8),r,1.4),i,e)).filter(e=>this.camera.depth(e)>a+1).map(e=>[a+.2,V(`eye`,[this.camera.circle(e,1.1)])]);return[[a-.2,f],[a,u],[a+.1,d],...ee]}limbs(){return[`r`,`l`].flatMap(e=>[this.limb(`arm_${e}`,[`shoulder`,`elbow`,`wrist`],this.arm(e)),this.limb(`leg_${e}`,[`hip`,`knee`,`ankle`],this.leg(e))])}limb(e,t,n){let[r,i]=[e.slice(0,-2),e.slice(-1)],[a,o,s]=this.jointsOf(t,i),c=this.camera.depth(At(o,At(a,s,.5),.4)),l=this.figure.nearer?.[this.named(e)]??0,u=this.tone(e,this.isFar(`${t[0]}_${i}`)?`far_${r}`:r);return[c+l,V(u,...n)]}isFar(e){let t=W(Y(this.start,Vt(e)),Y(this.start,e));return this.camera.depth(t)>Zt}arm(e){let t=(t,n)=>this.camera.circle(this.joint(`${t}_${e}`),n);return Tt([t(`shoulder`,5.6),t(`elbow`,4.1),t(`wrist`,3),t(`hand`,2.6)])}leg(e){let[t,n,r,i]=this.jointsOf([`hip`,`knee`,`ankle`,`toe`],e),a=q(W(i,r)),o=q(jt(W(r,n),a)),s=U(U(r,a,-2.5),o,1.6),c=(e,t)=>this.camera.circle(e,t);return[[c(t,8.2),c(n,5.6)],[c(n,5.5),c(r,3.8)],[c(r,3.8),c(s,3.4),c(U(i,o,2.6),2.4)]]}props(){return(this.figure.props??[]).map(({tone:e,balls:t,nearer:n=0})=>{let r=t.map(([e])=>this.point(e)),i=r.reduce((e,t)=>e+this.camera.depth(t),0)/r.length,a=t.map(([e,t])=>this.camera.circle(this.point(e),t));return[i+n,V(e,a)]})}arrows(){return this.figure.arrows.filter(({at:e})=>e===this.moment.phase).map(e=>Et((`of`in e?this.way(e.of):e.way.map(e=>this.placed(e))).map(e=>this.camera.circle(e,0)),this.camera.scale))}way({joint:e,start:t,end:n}){return Array.from({length:9},(r,i)=>{let a=t+(n-t)*i/$t;return Y(zt(this.figure,{...this.moment,phase:a}),this.named(e))})}tone(e,t){return this.figure.moving.map(e=>this.named(e)).includes(e)?`moving`:t}point(e){return typeof e==`string`?this.joint(this.named(e)):this.placed(e)}placed(e){return Bt(e,this.figure.mirror,this.moment.side)}named(e){return this.moment.side===`left`?Vt(e):e}jointsOf(e,t){return e.map(e=>this.joint(`${e}_${t}`))}joint(e){return Y(this.pose,e)}},an=1,Z=e=>e===`left`||e===`right`?e:null,on=(e,t)=>{let{steps:n}=e,r=n.find(e=>t<e.end)??n.at(-1);if(!r)return null;let[i]=r.repetitions;if(!i)return sn(r,cn(n,r));let a=r.repetitions.reduce((e,n)=>n.start<=t?n:e,i),o=r.repetitions.find(e=>e.start>a.start)?.start??r.end;return{step:r.kind,exercise:r.exercise,side:Z(a.side)??Z(r.side),set:r.set,repetition:a.number,repetitions:Math.max(...r.repetitions.map(({number:e})=>e)),...ln(a,o,t)}},sn=(e,t)=>({step:e.kind,exercise:e.exercise,side:Z(e.side)??t,set:e.set,repetition:null,repetitions:null,part:null,phase:0,since:e.start,until:e.end}),cn=(e,t)=>Z(e.slice(e.indexOf(t)).find(e=>e.repetitions.length>0)?.repetitions[0]?.side??null),ln=({start:e,hold:t,lower:n,end:r},i,a)=>{if(n-t<an){let o={since:e,until:i};return a<t?{part:`lift`,phase:un(a,e,t),...o}:a<n?{part:`hold`,phase:1,...o}:a<r?{part:`lower`,phase:1-un(a,n,r),...o}:{part:`pause`,phase:n<r?0:1,...o}}return a<t?{part:`lift`,phase:un(a,e,t),since:e,until:t}:a<n?{part:`hold`,phase:1,since:t,until:n}:a<r?{part:`lower`,phase:1-un(a,n,r),since:n,until:i}:{part:`pause`,phase:0,since:n,until:i}},un=(e,t,n)=>(1-Math.cos(Math.PI*dn(e,t,n)))/2,dn=(e,t,n)=>n<=t?1:Math.min(1,Math.max(0,(e-t)/(n-t))),fn=(e,t)=>Math.max(0,Math.ceil(e.until-t-1e-6)),Q=e=>{let{session:t}=e;return t?t.came_back?`resume`:pn(e,t)===null?`session`:`check_in`:e.reminder.counting_down_to===null?e.lock?`locked`:`rest`:`countdown`},pn=({state:e},{step:t,question:n})=>e===`asking`||t===`ask`?n:null,mn=({result:e,reasons:t})=>e===`not_today`&&t.some(({rule:e})=>e===`G-6`),hn=e=>!e.at_gate,gn=({question:e})=>e===`next_day`?{context:e}:{},_n=e=>`${e.question??``} ${e.exercise??``}`,vn=(e,t,n=Z(e.side))=>{let{set:r,sets:i}=e;return[...n?[t.card(n)]:[],...r!==null&&i!==null&&i>1?[t.card(`set_of`,{set:r,sets:i})]:[]]},yn=(e,t)=>{let{session:n}=e;if(!n)return e.reminder.counting_down_to===null?e.lock?e.lock.sentence:``:t.card(`countdown_title`);if(n.came_back)return t.card(`resume_title`);if(e.state===`paused`)return t.card(`paused`);if(e.state===`preparing`)return t.card(`preparing`);let r=pn(e,n);if(r!==null)return t.card(`ask_${r}`);let{exercise:i,step:a}=n;return i===null?a===null?``:t.step(a):[...a===null||a===`work`?[]:[t.step(a)],t.exercise(i),...vn(n,t)].join(`, `)},{I:bn}=ke,xn=e=>e.strings===void 0,Sn={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Cn=e=>(...t)=>({_$litDirective$:e,values:t}),wn=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},$=(e,t)=>{let n=e._$AN;if(n===void 0)return!1;for(let e of n)e._$AO?.(t,!1),$(e,t);return!0},Tn=e=>{let t,n;do{if((t=e._$AM)===void 0)break;n=t._$AN,n.delete(e),e=t}while(n?.size===0)},En=e=>{for(let t;t=e._$AM;e=t){let n=t._$AN;if(n===void 0)t._$AN=n=/* @__PURE__ */ new Set;else if(n.has(e))break;n.add(e),kn(t)}};function Dn(e){this._$AN===void 0?this._$AM=e:(Tn(this),this._$AM=e,En(this))}function On(e,t=!1,n=0){let r=this._$AH,i=this._$AN;if(i!==void 0&&i.size!==0){if(t){if(Array.isArray(r))for(let e=n;e<r.length;e++)$(r[e],!1),Tn(r[e]);else r!=null&&($(r,!1),Tn(r))}else $(this,e)}}var kn=e=>{e.type==Sn.CHILD&&(e._$AP??=On,e._$AQ??=Dn)},An=class extends wn{constructor(){super(...arguments),this._$AN=void 0}_$AT(e,t,n){super._$AT(e,t,n),En(this),this.isConnected=e._$AU}_$AO(e,t=!0){e!==this.isConnected&&(this.isConnected=e,e?this.reconnected?.():this.disconnected?.()),t&&($(this,e),Tn(this))}setValue(e){if(xn(this._$Ct))this._$Ct._$AI(e,this);else{let t=[...this._$Ct._$AH];t[this._$Ci]=e,this._$Ct._$AI(t,this,0)}}disconnected(){}reconnected(){}},jn=()=>new Mn,Mn=class{},Nn=/* @__PURE__ */ new WeakMap,Pn=Cn(class extends An{render(e){return k}update(e,[t]){let n=t!==this.G;return n&&this.rt(void 0),(n||this.lt!==this.ct)&&(this.G=t,this.ht=e.options?.host,this.rt(this.ct=e.element)),k}rt(e){if(this.G!==void 0){if(this.isConnected||(e=void 0),typeof this.G==`function`){let t=this.ht??globalThis,n=Nn.get(t);n===void 0&&(n=/* @__PURE__ */ new WeakMap,Nn.set(t,n)),n.get(this.G)!==void 0&&this.G.call(this.ht,void 0),n.set(this.G,e),e!==void 0&&this.G.call(this.ht,e)}else this.G.value=e}}get lt(){return typeof this.G==`function`?Nn.get(this.ht??globalThis)?.get(this.G):this.G?.value}disconnected(){this.lt===this.ct&&this.rt(void 0)}reconnected(){this.rt(this.ct)}}),Fn=e=>{let{view:t,texts:n}=e;return t.signs===null?k:E`<details class="signs">
    <summary>${n.card(`new_ask`)}</summary>
    <div>
      <p>${n.card(`new_help`)}</p>
      ${t.signs.map(In)} ${t.may_control?Ln(e):k}
    </div>
  </details>`},In=({title:e,advice:t,items:n})=>E`<h3>${e}</h3>
    <p>${t}</p>
    <ul>
      ${n.map(e=>E`<li>${e}</li>`)}
    </ul>`,Ln=({texts:e,canAct:t,act:n})=>{let r=jn();return E`<div class="row">
      ${R(e.card(`new_tell`),()=>r.value?.showModal(),{look:`outlined`,able:t})}
    </div>
    <dialog ${Pn(r)} aria-labelledby="new-sure" aria-describedby="new-then">
      <h2 id="new-sure">${e.card(`new_sure`)}</h2>
      <p id="new-then">${e.card(`new_then`)} ${e.card(`unlock_screen`)}</p>
      <div class="row">
        ${R(e.card(`go_back`),()=>r.value?.close(),{look:`outlined`})}
        ${R(e.card(`new_confirm`),()=>(r.value?.close(),n(`screen`,{anything_new:!0})),{look:`loud`,able:t})}
      </div>
    </dialog>`},Rn=e=>{let{texts:t,listens:n,isBlocked:r,listen:i,unlock:a}=e,o=n?zn(e):null;return E`<div class="sound">
    ${r?E`<p class="state" role="alert">${t.card(`sound_blocked`)}</p>
            ${R(t.card(`sound_allow`),a,{look:`loud`,icon:`sound`})}`:k}
    ${o===null?k:E`<p class="state" role="alert">${t.card(`sound_${o}`)}</p>`}
    <label class="switch">
      <input
        type="checkbox"
        role="switch"
        aria-checked=${n?`true`:`false`}
        .checked=${n}
        @change=${e=>{i(e.target.checked)}}
      />
      <span class="track" aria-hidden="true"></span>
      <span>${t.card(`sound_here`)}</span>
    </label>
  </div>`},zn=({view:e})=>{let t=e.speakers.find(({entity_id:e})=>e===`browser`)?.error??null;return t===`blocked`?null:t},Bn=e=>E`${Un(e)} ${Wn(e)} ${Kn(e)} ${Qn(e)}`,Vn=e=>{let{lock:t}=e.view;return E`<section class="notice">
    <span class="badge">${ut(`lock`)}</span>
    <h2 tabindex="-1">${e.texts.card(`locked`)}</h2>
    <p>${t?.sentence}</p>
    <p class="dim">${t?.what}</p>
  </section>`},Hn=e=>{let{view:t,texts:n,clock:r,canAct:i,act:a}=e;return E`<section class="notice">
    <h2>${n.card(`countdown_title`)}</h2>
    <back-exercise-left
      class="huge"
      .until=${t.reminder.counting_down_to??t.now}
      .clock=${r}
      .texts=${n}
    ></back-exercise-left>
    <div class="row">
      ${R(n.card(`not_now`),()=>a(`stop`),{look:`outlined`,able:i})}
      ${R(n.card(`start_now`),()=>a(`start`),{look:`loud`,icon:`play`,able:i})}
    </div>
  </section>`},Un=e=>e.view.questions.map(({question:t})=>E`<section class="ask">
        <h2>${e.texts.card(`ask_${t}`)}</h2>
        ${ft(e,`pain`,null,n=>e.act(`rate`,{pain:n,context:t}))}
      </section>`),Wn=e=>e.view.offers.map(t=>E`<section class="ask">
        <p>${t.sentence}</p>
        <div class="row">
          ${R(e.texts.card(`decline`),()=>Gn(e,t,!1),{look:`outlined`,able:e.canAct})}
          ${R(e.texts.card(`accept`),()=>Gn(e,t,!0),{look:`loud`,able:e.canAct})}
        </div>
      </section>`),Gn=(e,{kind:t,exercise:n},r)=>e.act(`answer_offer`,{offer:t,accepted:r,...n?{exercise:n}:{}}),Kn=e=>{let{view:t,texts:n}=e,{today:r}=t;return E`<section class="plan">
    <header>
      <div>
        <p class="dim">${t.name}</p>
        <h2>${r?qn(r,n):n.routine(t.routine)}</h2>
        ${r?E`<p class="dim">${Jn(r,n)}</p>`:k}
      </div>
      ${Zn(e)}
    </header>
    ${r&&r.reasons.length>0?E`<ul class="reasons" aria-label=${n.card(`why`)}>
            ${r.reasons.map(({sentence:e})=>E`<li>${e}</li>`)}
          </ul>`:k}
    ${r&&r.exercises.length>0?E`<ol class="doses" aria-label=${n.card(`exercises`)}>
            ${r.exercises.map(e=>Yn(e,n))}
          </ol>`:k}
  </section>`},qn=(e,t)=>e.result===`plan`?t.card(`routine_title`,{routine:t.routine(e.routine??``)}):t.card(mn(e)?`result_done`:`result_${e.result}`),Jn=({seconds:e,kind:t,exercises:n},r)=>[...e===null?[]:[r.card(`minutes`,{minutes:Math.max(1,Math.round(e/60))})],...n.length>0?[r.counted(`exercise_count`,n.length)]:[],...t===null||t===`normal`?[]:[r.card(`kind_${t}`)]].join(` · `),Yn=(e,t)=>E`<li>
    <svg class="thumb" viewBox=${qt} aria-hidden="true">
      ${en(e.exercise,{side:`right`,phase:1})}
    </svg>
    <span class="what">${t.exercise(e.exercise)}</span>
    <span class="much dim">${Xn(e,t)}</span>
  </li>`,Xn=({sets:e,repetitions:t,sides:n,hold:r},i)=>[e>1?i.card(`dose_sets`,{sets:e,repetitions:t}):i.card(`dose`,{repetitions:t}),...n===`each`?[i.card(`each_side`)]:[],...r>0?[i.card(`hold_seconds`,{seconds:r})]:[]].join(` · `),Zn=({view:e,texts:t,canAct:n,chooseRoutine:r})=>e.routines.length<2||!r?k:E`<label class="choice">
        <span class="sr">${t.card(`routine`)}</span>
        <select
          ?disabled=${!n}
          @change=${e=>{r(e.target.value)}}
        >
          ${e.routines.map(n=>E`<option value=${n} ?selected=${n===e.routine}>
                ${t.routine(n)}
              </option>`)}
        </select>
      </label>`,Qn=e=>{let{view:t,texts:n,canAct:r,draft:i,act:a,changed:o,unlock:s}=e,c=i.pain??t.pain?.value??null,l=t.today!==null&&mn(t.today);return E`<section class="begin">
    <div class="slider">
      <label for="pain">${n.card(`pain_now`)}</label>
      <output for="pain" class=${c===null?`dim`:``}>
        ${c===null?n.card(`not_rated`):n.decimal(c)}
        ${i.pain===null&&t.pain?E`<small class="dim"
                >${n.card(`rated_at`,{time:n.time(t.pain.at)})}</small
              >`:k}
      </output>
      <input
        id="pain"
        type="range"
        min="0"
        max="10"
        step="1"
        class=${c===null?`unset`:``}
        style="--share: ${(c??0)*10}%"
        .value=${String(c??0)}
        aria-valuetext=${c===null?n.card(`not_rated`):n.decimal(c)}
        ?disabled=${!r}
        @input=${e=>{i.pain=Number(e.target.value),o()}}
        @click=${e=>{i.pain??=Number(e.target.value),o()}}
      />
      <div class="ends" aria-hidden="true">
        <span>${n.card(`pain_0`)}</span><span>${n.card(`pain_10`)}</span>
      </div>
    </div>
    <div class="row">
      ${i.pain===null?k:R(n.card(`note_pain`),()=>a(`rate`,{pain:i.pain}),{look:`outlined`,able:r})}
      ${R(n.card(l?`start_anyway`:`start`),()=>(s(),a(`start`,{...i.pain===null?{}:{pain_before:i.pain},...l?{override:!0}:{}})),{look:`loud`,icon:`play`,able:r})}
    </div>
    ${t.reminder.due?E`<div class="row">
            ${R(n.card(`skip_today`),()=>a(`skip_today`),{look:`plain`,able:r})}
            ${t.reminder.snoozes_left>0?R(n.card(`snooze`),()=>a(`snooze`),{look:`plain`,able:r}):k}
          </div>`:k}
    ${Fn(e)} ${Rn(e)}
  </section>`},$n=(e,t)=>{let{view:n,texts:r,clock:i}=e;return E`
    ${er(e,t)}
    <back-exercise-stage
      .session=${t}
      .paused=${n.state===`paused`}
      .clock=${i}
      .texts=${r}
    ></back-exercise-stage>
    ${tr(e,t)}
    <p class="next dim">
      ${t.next_exercise?E`${r.card(`next_exercise`,{exercise:r.exercise(t.next_exercise)})}`:k}
    </p>
    ${nr(e)}
    <div class="tools">
      ${z(e,`repeat`,{look:`tool`,icon:`repeat`})}
      ${z(e,`explain`,{look:`tool`,icon:`explain`})}
      ${z(e,`easier`,{look:`tool`,icon:`easier`})}
    </div>
    ${rr(e)} ${Rn(e)}
  `},er=({view:e,texts:t},n)=>E`<header class="head">
    <p class="dim">
      <span>${e.name}</span>
      <span>
        ${n.number===null||n.number<1?t.card(`routine_title`,{routine:t.routine(n.routine)}):t.card(`exercise_of`,{number:n.number,of:n.of})}
      </span>
    </p>
    <progress max="1" value=${n.progress} aria-label=${t.card(`progress`)}></progress>
  </header>`,tr=({view:e,texts:t,clock:n},r)=>{let{paused_until:i,pause_reason:a}=r;return e.state!==`paused`||i===null&&a!==`speaker`?k:E`<p class="state">
    ${a===`speaker`?E`${t.card(`paused_speaker`)}<br />`:k}
    ${i===null?k:E`${t.card(`paused_until`)}
            <back-exercise-left
              .until=${i}
              .clock=${n}
              .texts=${t}
            ></back-exercise-left>`}
  </p>`},nr=e=>{let t=e.view.state===`paused`;return E`<div class="transport">
    ${z(e,`previous`,{look:`round`,icon:`previous`,bare:!0})}
    ${t?z(e,`resume`,{look:`round`,icon:`play`,bare:!0}):z(e,`pause`,{look:`round`,icon:`pause`,bare:!0})}
    ${z(e,`next`,{look:`round`,icon:`next`,bare:!0})}
  </div>`},rr=e=>E`<div class="emergency">
    ${z(e,`sharp_pain`,{look:`danger`,icon:`sharp_pain`})}
    ${z(e,`stop`,{look:`outlined`,icon:`stop`})}
  </div>`,ir=(e,t)=>{let{view:n,texts:r,clock:i,draft:a,act:o,changed:s}=e,c=t.question??``,l=_n(t),u=a.question===l?a.answered:{pain:null,effort:null},d=async(e,n)=>{await o(`rate`,{[e]:n,...gn(t)})&&(a.question=l,a.answered={...u,[e]:n},s())};return E`
    ${er(e,t)}
    <section class="ask check-in">
      <h2>
        ${t.exercise&&c===`exercise`?r.card(`ask_exercise_name`,{exercise:r.exercise(t.exercise)}):r.card(`ask_${c}`)}
      </h2>
      ${ft(e,`pain`,u.pain,e=>d(`pain`,e))}
      ${hn(t)?E`<h3>${r.card(`ask_effort`)}</h3>
              ${ft(e,`effort`,u.effort,e=>d(`effort`,e))}`:k}
      <div class="row">
        ${z(e,`next`,{look:`outlined`,text:r.card(`skip_question`)})}
      </div>
      ${n.state===`asking`&&t.step_ends_at?E`<p class="dim waits">
              ${r.card(`waits`)}
              <back-exercise-left
                .until=${t.step_ends_at}
                .clock=${i}
                .texts=${r}
              ></back-exercise-left>
            </p>`:k}
    </section>
    ${rr(e)} ${Rn(e)}
  `},ar=(e,t)=>{let{texts:n}=e;return E`<section class="notice">
    ${t.exercise?E`<svg class="still" viewBox=${qt} aria-hidden="true">
            ${en(t.exercise,{side:t.side===`left`?`left`:`right`,phase:1})}
          </svg>`:k}
    <h2>${n.card(`resume_title`)}</h2>
    <p>
      ${[...t.exercise?[n.exercise(t.exercise)]:[],...vn(t,n),...t.repetition===null?[]:[n.card(`repetition`,{number:t.repetition})]].join(` · `)}
    </p>
    ${t.paused_until?E`<p class="dim">
            ${n.card(`resume_until`,{time:n.time(t.paused_until)})}
          </p>`:k}
    <div class="row">
      ${z(e,`stop`,{look:`outlined`,icon:`stop`,text:n.card(`end_session`)})}
      ${z(e,`resume`,{look:`loud`,icon:`play`,text:n.card(`go_on`)})}
    </div>
  </section>`},or=54,sr=400,cr=class extends P{constructor(...e){super(...e),this.frame=0,this.shown=``,this.stillness=matchMedia(`(prefers-reduced-motion: reduce)`)}static{this.properties={session:{attribute:!1},paused:{type:Boolean},clock:{attribute:!1},texts:{attribute:!1}}}createRenderRoot(){return this}connectedCallback(){super.connectedCallback(),this.run()}disconnectedCallback(){super.disconnectedCallback(),cancelAnimationFrame(this.frame)}willUpdate(){this.run()}run(){cancelAnimationFrame(this.frame),this.isConnected&&this.session.track&&!this.paused&&(this.frame=requestAnimationFrame(()=>{let e=this.seen();e===this.shown?this.run():(this.shown=e,this.requestUpdate())}))}seen(){let e=this.now();if(!e)return``;let{moment:t,offset:n}=e,r=dn(n,t.since,t.until)*(this.stillness.matches?0:sr),i=[t.phase*sr,r].map(Math.round);return[t.step,t.repetition,t.part,fn(t,n),...i].join()}now(){let{track:e}=this.session;if(!e||this.paused)return null;let t=(this.clock.now()-$e(e.begun_at))/1e3,n=on(e,t);return n&&{moment:n,offset:t}}render(){let e=this.now(),t=e?.moment??this.standing(),n=t.exercise??this.session.exercise,r=n??this.session.next_exercise;return E`
      <div class="figure">${r?this.figure(r,t):k}</div>
      <div class="telling">
        <div class="names">
          <p class="exercise">${n?this.texts.exercise(n):this.routine}</p>
          <p class="place">
            ${vn({...this.session,set:t.set},this.texts,t.side).map(e=>E`<span>${e}</span>`)}
          </p>
        </div>
        ${this.ring(t,e?.offset??null)}
      </div>
    `}figure(e,t){let{side:n,phase:r,part:i}=t;if(!this.stillness.matches)return E`<svg viewBox=${qt} aria-hidden="true">
        ${en(e,{side:n,phase:r})}
      </svg>`;let a=i===`lift`||i===`hold`;return E`${[0,1].map(t=>E`<svg
          viewBox=${qt}
          aria-hidden="true"
          class=${a===(t===1)?``:`away`}
        >
          ${en(e,{side:n,phase:t},!0)}
        </svg>`)}`}ring(e,t){let n=t===null&&!this.paused,r=n?.2:this.share(e,t);return E`<div class="ring ${n?`waits`:``}">
      <svg viewBox="-60 -60 120 120" aria-hidden="true">
        <circle r=${or} class="way" />
        ${r>0?D`<circle
          r=${or}
          class="run"
          transform="rotate(-90)"
          stroke-dasharray=${ct(or,r)}
        />`:k}
      </svg>
      <div class="count">${n?k:this.count(e,t)}</div>
      <p class="part">${this.about(e)}</p>
    </div>`}share(e,t){if(t===null)return 0;let{since:n,until:r}=e;return this.stillness.matches?dn(r-fn(e,t),n,r):dn(t,n,r)}count(e,t){let{texts:n}=this,{repetition:r,repetitions:i}=e;return r!==null&&i!==null?E`<strong>${n.decimal(r)}</strong>
        <span>${n.card(`of`,{count:i})}</span>`:t===null?E``:E`<strong>${n.decimal(fn(e,t))}</strong>
      <span>${n.card(`seconds`)}</span>`}get routine(){let{texts:e}=this;return e.card(`routine_title`,{routine:e.routine(this.session.routine)})}about({part:e,step:t}){return this.paused?this.texts.card(`paused`):this.session.track?e===null?this.texts.step(t):this.texts.card(`part_${e}`):this.texts.card(`preparing`)}standing(){let{exercise:e,step:t,side:n,set:r,repetition:i,repetitions:a}=this.session;return{step:t??`prepare`,exercise:e,side:Z(n),set:r,repetition:i,repetitions:a,part:null,phase:0,since:0,until:0}}},lr=o`
  :host {
    display: block;
    container: back-exercise / inline-size;
  }

  .card {
    --dim: var(--secondary-text-color, #727272);
    --line: var(--divider-color, #e0e0e0);
    --accent: var(--primary-color, #009ac7);
    --danger: var(--error-color, #db4437);
    --paper: var(--ha-card-background, var(--card-background-color, #fff));
    --loud: color-mix(in srgb, var(--accent), #000 38%);
    --corner: var(--ha-border-radius-lg, 12px);
    --small: 0.875rem;
    --text: 1rem;
    --title: 1.375rem;
    --name: 1.5rem;
    --count: 2.25rem;
    --ring: 116px;
    --press: 48px;
    --space: 16px;
    position: relative;
    display: flex;
    flex-direction: column;
    gap: calc(var(--space) * 1.25);
    box-sizing: border-box;
    min-height: 120px;
    height: 100%;
    padding: calc(var(--space) * 1.25);
    color: var(--primary-text-color, #212121);
    background: var(--paper);
    border: var(--ha-card-border-width, 1px) solid
      var(--ha-card-border-color, var(--divider-color, #e0e0e0));
    border-radius: var(--ha-card-border-radius, var(--ha-border-radius-lg, 12px));
    box-shadow: var(--ha-card-box-shadow, none);
    font-family: var(--ha-font-family-body, Roboto, system-ui, sans-serif);
    font-size: var(--text);
    line-height: 1.45;
    -webkit-font-smoothing: var(--ha-font-smoothing, antialiased);
  }

  /* White on it can be read whatever the theme's colour is. */
  @supports (color: oklch(from red l c h)) {
    .card {
      --loud: oklch(from var(--accent) min(l, 0.52) c h);
    }
  }

  h2,
  h3,
  p,
  ol,
  ul,
  figure {
    margin: 0;
    padding: 0;
    list-style: none;
    font: inherit;
  }

  h2 {
    font-size: var(--title);
    font-weight: var(--ha-font-weight-medium, 500);
    line-height: 1.25;
    text-wrap: balance;
  }

  h3 {
    font-weight: var(--ha-font-weight-medium, 500);
  }

  .dim {
    color: var(--dim);
    font-size: var(--small);
  }

  .sr {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .screen {
    display: flex;
    flex-direction: column;
    gap: calc(var(--space) * 1.25);
  }

  section {
    display: flex;
    flex-direction: column;
    gap: var(--space);
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 12px;
  }

  .row > * {
    flex: 1 1 auto;
    white-space: nowrap;
  }

  .state {
    padding: 10px 14px;
    border-radius: var(--corner);
    background: color-mix(in srgb, var(--accent) 12%, transparent);
  }

  .state small {
    display: block;
    color: inherit;
  }

  .missing {
    margin: auto 0;
    text-align: center;
  }

  .refused {
    display: flex;
    align-items: center;
    gap: 8px;
    padding-inline-start: 14px;
    border-radius: var(--corner);
    background: color-mix(in srgb, var(--danger) 14%, transparent);
  }

  .refused span {
    flex: 1;
    padding: 10px 0;
  }
`,ur=o`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    min-width: var(--press);
    min-height: var(--press);
    padding: 0 20px;
    border: 0;
    border-radius: 999px;
    color: inherit;
    background: color-mix(in srgb, var(--accent) 16%, transparent);
    font: inherit;
    font-weight: var(--ha-font-weight-medium, 500);
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
    transition:
      background-color 0.15s,
      opacity 0.15s;
  }

  @media (hover: hover) {
    .button:not([aria-disabled="true"]):hover {
      filter: brightness(1.08);
    }
  }

  .button:focus-visible,
  .scale button:focus-visible,
  select:focus-visible,
  summary:focus-visible,
  h2:focus-visible,
  .scroll:focus-visible,
  .switch input:focus-visible + .track,
  input[type="range"]:focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 3px;
  }

  .button[aria-disabled="true"],
  .scale [aria-disabled="true"] {
    opacity: 0.38;
    cursor: default;
  }

  .icon {
    width: 24px;
    height: 24px;
    flex: none;
    fill: currentcolor;
  }

  .icon:is(.icon-next, .icon-previous, .icon-play):dir(rtl) {
    transform: scaleX(-1);
  }

  .button.loud {
    color: #fff;
    background: var(--loud);
  }

  .button.outlined {
    background: transparent;
    box-shadow: inset 0 0 0 1.5px var(--dim);
  }

  .button.plain,
  .button.bare {
    background: transparent;
  }

  .button.bare {
    padding: 0;
  }

  .button.tool {
    flex: 1 1 0;
    flex-direction: column;
    gap: 2px;
    padding: 8px 4px;
    border-radius: var(--corner);
    background: transparent;
    font-size: var(--small);
  }

  .button.tool .icon {
    color: var(--accent);
  }

  .button.danger {
    border-radius: var(--corner);
    background: color-mix(in srgb, var(--danger) 20%, transparent);
    box-shadow: inset 0 0 0 2px var(--danger);
  }

  .button.danger .icon {
    fill: var(--danger);
  }

  .transport {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: calc(var(--space) * 1.5);
  }

  .button.round {
    width: calc(var(--press) + 4px);
    height: calc(var(--press) + 4px);
    padding: 0;
  }

  .transport .button.round:nth-child(2) {
    width: calc(var(--press) * 1.5);
    height: calc(var(--press) * 1.5);
    color: #fff;
    background: var(--loud);
  }

  .transport .button.round:nth-child(2) .icon {
    width: 36px;
    height: 36px;
  }

  .tools {
    display: flex;
    gap: 8px;
  }

  .emergency {
    position: sticky;
    bottom: 0;
    z-index: 1;
    display: grid;
    grid-template-columns: 3fr 2fr;
    gap: 24px;
    padding-block: 8px;
    background: var(--paper);
  }

  .emergency .button {
    min-height: calc(var(--press) + 8px);
  }

  .scale {
    display: grid;
    grid-template-columns: repeat(6, 1fr);
    gap: 8px;
  }

  .scale button {
    min-width: 0;
    min-height: var(--press);
    padding: 0;
    border: 0;
    border-radius: var(--corner);
    color: inherit;
    background: color-mix(
      in srgb,
      color-mix(in srgb, var(--danger) var(--level), var(--accent)) 18%,
      transparent
    );
    font: inherit;
    font-size: 1.125em;
    font-variant-numeric: tabular-nums;
    cursor: pointer;
    touch-action: manipulation;
  }

  .scale button[aria-pressed="true"] {
    box-shadow: inset 0 0 0 3px var(--primary-text-color, #212121);
    font-weight: 700;
  }

  .ends {
    display: flex;
    justify-content: space-between;
    margin-top: calc(var(--space) * -0.5);
    color: var(--dim);
    font-size: var(--small);
  }
`,dr=o`
  .history {
    padding-top: calc(var(--space) * 1.25);
    border-top: 1px solid var(--line);
  }

  .empty {
    padding-top: var(--space);
    border-top: 1px solid var(--line);
  }

  .chart {
    direction: ltr;
  }

  .chart svg {
    display: block;
    width: 100%;
    max-height: 320px;
  }

  .grid {
    stroke: var(--line);
  }

  .tick {
    fill: var(--dim);
    font-size: 11.5px;
  }

  rect.bar {
    fill: color-mix(in srgb, var(--accent) 45%, transparent);
  }

  .line {
    fill: none;
    stroke-width: 1.8;
    stroke-linejoin: round;
  }

  .line.before {
    stroke: var(--dim);
    stroke-dasharray: 4 3;
  }

  .line.after {
    stroke: var(--loud);
    stroke: var(--accent);
  }

  .dot.before {
    fill: var(--paper);
    stroke: var(--dim);
    stroke-width: 1.8;
  }

  .dot.after {
    fill: var(--accent);
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    color: var(--dim);
    font-size: var(--small);
  }

  .legend li {
    display: flex;
    align-items: center;
    gap: 8px;
  }

  .legend li::before {
    content: "";
    width: 10px;
    height: 10px;
    border-radius: 50%;
    background: var(--accent);
  }

  .legend .before::before {
    box-sizing: border-box;
    border: 2px solid var(--dim);
    background: none;
  }

  .legend .bar::before {
    border-radius: 2px;
    background: color-mix(in srgb, var(--accent) 45%, transparent);
  }

  .sessions > li {
    padding: 12px 0;
  }

  .sessions > li + li,
  details .sessions > li:first-child {
    border-top: 1px solid var(--line);
  }

  .when {
    display: grid;
    grid-template-columns: 1fr auto;
    column-gap: 12px;
  }

  .when .dim {
    grid-row: 2;
  }

  .when strong {
    font-weight: var(--ha-font-weight-medium, 500);
  }

  .pains {
    grid-row: 1 / 3;
    grid-column: 2;
    align-self: center;
    font-variant-numeric: tabular-nums;
  }

  .sessions .reasons {
    margin-top: 8px;
    border-color: var(--line);
    font-size: var(--small);
  }

  summary {
    display: flex;
    align-items: center;
    min-height: 44px;
    cursor: pointer;
    font-weight: var(--ha-font-weight-medium, 500);
  }

  summary::before {
    content: "";
    width: 7px;
    height: 7px;
    margin-inline: 2px 14px;
    border: solid currentcolor;
    border-width: 0 2px 2px 0;
    transform: rotate(-45deg);
    transition: transform 0.15s;
  }

  details[open] > summary::before {
    transform: rotate(45deg);
  }

  .scroll {
    overflow-x: auto;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: var(--small);
  }

  th,
  td {
    padding: 8px;
    border-bottom: 1px solid var(--line);
    text-align: end;
    font-weight: inherit;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  th:first-child,
  td:nth-child(2),
  th:nth-child(2) {
    text-align: start;
  }

  thead th {
    color: var(--dim);
    white-space: normal;
    vertical-align: bottom;
  }
`,fr=[lr,ur,o`
  .plan header {
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: 12px;
  }

  .choice select {
    min-height: var(--press);
    padding-inline: 18px 40px;
    border: 0;
    border-radius: 999px;
    color: inherit;
    background: color-mix(in srgb, var(--accent) 16%, var(--paper));
    font: inherit;
    font-size: var(--small);
    appearance: none;
    cursor: pointer;
  }

  .choice {
    position: relative;
    flex: none;
  }

  .choice::after {
    content: "";
    position: absolute;
    inset-block-start: calc(50% - 6px);
    inset-inline-end: 18px;
    width: 7px;
    height: 7px;
    border: solid currentcolor;
    border-width: 0 2px 2px 0;
    transform: rotate(45deg);
    pointer-events: none;
  }

  .choice option {
    color: var(--primary-text-color, #212121);
    background: var(--paper);
  }

  .reasons {
    display: flex;
    flex-direction: column;
    gap: 6px;
    padding-inline-start: 14px;
    border-inline-start: 3px solid var(--accent);
  }

  .doses li {
    display: grid;
    grid-template-columns: 72px 1fr;
    column-gap: 14px;
    align-items: center;
    padding: 8px 0;
  }

  .doses li + li {
    border-top: 1px solid var(--line);
  }

  .thumb {
    grid-row: 1 / 3;
    width: 72px;
  }

  .what {
    align-self: end;
    font-weight: var(--ha-font-weight-medium, 500);
  }

  .much {
    align-self: start;
  }

  .slider {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: baseline;
    gap: 4px 12px;
  }

  .slider label {
    font-weight: var(--ha-font-weight-medium, 500);
  }

  .slider output {
    display: flex;
    align-items: baseline;
    gap: 8px;
    font-size: var(--title);
    font-variant-numeric: tabular-nums;
  }

  .slider output.dim {
    font-size: var(--text);
  }

  .slider input,
  .slider .ends {
    grid-column: 1 / 3;
    margin: 0;
  }

  input[type="range"] {
    width: 100%;
    height: 44px;
    border-radius: 22px;
    background: transparent;
    appearance: none;
    cursor: pointer;
  }

  input[type="range"]::-webkit-slider-runnable-track {
    height: 10px;
    border-radius: 5px;
    background: linear-gradient(var(--accent), var(--accent)) no-repeat 0 / var(--share) 100%
      color-mix(in srgb, var(--dim) 30%, transparent);
  }

  input[type="range"]::-moz-range-track {
    height: 10px;
    border-radius: 5px;
    background: color-mix(in srgb, var(--dim) 30%, transparent);
  }

  input[type="range"]::-moz-range-progress {
    height: 10px;
    border-radius: 5px;
    background: var(--accent);
  }

  input[type="range"]:dir(rtl)::-webkit-slider-runnable-track {
    background-position-x: 100%;
  }

  input[type="range"]::-webkit-slider-thumb {
    width: 30px;
    height: 30px;
    margin-top: -10px;
    border: 3px solid var(--paper);
    border-radius: 50%;
    background: var(--accent);
    box-shadow: 0 0 0 1px var(--accent);
    appearance: none;
  }

  input[type="range"]::-moz-range-thumb {
    width: 26px;
    height: 26px;
    border: 3px solid var(--paper);
    border-radius: 50%;
    background: var(--accent);
  }

  input.unset::-webkit-slider-thumb {
    background: var(--paper);
    box-shadow: 0 0 0 2px var(--dim);
  }

  .ask {
    padding: var(--space);
    border-radius: var(--corner);
    background: color-mix(in srgb, var(--accent) 8%, transparent);
  }

  .ask.check-in {
    padding: 0;
    background: none;
  }

  .ask .ends,
  .ask .dim {
    color: inherit;
  }

  .signs > div {
    display: flex;
    flex-direction: column;
    gap: 8px;
    padding-block: 8px;
  }

  .signs ul {
    padding-inline-start: 1.25em;
    list-style: disc;
  }

  .signs h3 {
    margin-top: 12px;
  }

  .signs > div > .row {
    margin-top: 12px;
  }

  dialog[open] {
    display: flex;
    flex-direction: column;
    gap: var(--space);
    box-sizing: border-box;
    width: min(100vw - 32px, 32em);
    padding: calc(var(--space) * 1.5);
    border: 0;
    border-radius: var(--corner);
    color: inherit;
    background: var(--paper);
    box-shadow: 0 8px 32px rgb(0 0 0 / 40%);
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 50%);
  }

  dialog p {
    text-wrap: pretty;
  }

  .notice {
    align-items: center;
    padding: var(--space) 0;
    text-align: center;
  }

  .notice p {
    max-width: 34em;
    text-wrap: pretty;
  }

  .notice .row {
    width: 100%;
    max-width: 30em;
  }

  .badge {
    display: grid;
    place-items: center;
    width: 64px;
    height: 64px;
    border-radius: 50%;
    background: color-mix(in srgb, var(--warning-color, #ffa600) 24%, transparent);
  }

  .badge .icon {
    width: 32px;
    height: 32px;
  }

  .huge {
    font-size: calc(var(--count) * 1.8);
    font-weight: 300;
    font-variant-numeric: tabular-nums;
    line-height: 1;
  }

  .still {
    width: min(100%, 320px);
  }
`,o`
  .head p {
    display: flex;
    justify-content: space-between;
    gap: 12px;
    margin-bottom: 8px;
  }

  progress {
    display: block;
    width: 100%;
    height: 6px;
    border: 0;
    border-radius: 3px;
    background: color-mix(in srgb, var(--dim) 25%, transparent);
    appearance: none;
    overflow: hidden;
  }

  progress::-webkit-progress-bar {
    background: transparent;
  }

  progress::-webkit-progress-value {
    border-radius: 3px;
    background: var(--accent);
    transition: inline-size 0.4s;
  }

  progress::-moz-progress-bar {
    background: var(--accent);
  }

  back-exercise-stage {
    display: grid;
    gap: var(--space);
    align-items: center;
    min-height: 0;
  }

  .figure {
    position: relative;
    min-height: 0;
    aspect-ratio: 3 / 2;
  }

  .figure svg,
  .thumb,
  .still {
    overflow: visible;
  }

  .figure svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    transition: opacity 0.5s;
  }

  .figure svg.away {
    opacity: 0;
  }

  .telling {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--space);
  }

  .exercise {
    font-size: var(--name);
    font-weight: var(--ha-font-weight-medium, 500);
    line-height: 1.15;
    text-wrap: balance;
  }

  .place {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    margin-top: 8px;
    font-size: var(--title);
  }

  .place span + span {
    color: var(--dim);
  }

  .ring {
    position: relative;
    flex: none;
    width: var(--ring);
    text-align: center;
  }

  .ring svg {
    display: block;
    width: 100%;
  }

  .ring circle {
    fill: none;
    stroke: color-mix(in srgb, var(--dim) 25%, transparent);
    stroke-width: 9;
  }

  .ring circle.run {
    stroke: var(--accent);
    stroke-linecap: round;
  }

  .ring.waits .run {
    animation: waits 1.6s linear infinite;
  }

  @keyframes waits {
    from {
      transform: rotate(-90deg);
    }

    to {
      transform: rotate(270deg);
    }
  }

  .count {
    position: absolute;
    inset: 0 0 auto;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    aspect-ratio: 1;
    line-height: 1;
  }

  .count strong {
    font-size: var(--count);
    font-weight: var(--ha-font-weight-medium, 500);
    font-variant-numeric: tabular-nums;
  }

  .count span {
    margin-top: 4px;
    color: var(--dim);
    font-size: var(--small);
  }

  .part {
    margin-top: 6px;
    font-weight: var(--ha-font-weight-medium, 500);
  }

  .next {
    min-height: 1.45em;
  }

  .waits {
    text-align: center;
  }
`,o`
  .sound {
    display: flex;
    flex-direction: column;
    gap: 12px;
  }

  .switch {
    display: flex;
    align-items: center;
    gap: 14px;
    min-height: 44px;
    cursor: pointer;
  }

  .switch input {
    position: absolute;
    opacity: 0;
  }

  .switch .track {
    position: relative;
    flex: none;
    width: 2.875em;
    height: 1.625em;
    border-radius: 999px;
    background: color-mix(in srgb, var(--dim) 55%, transparent);
    transition: background-color 0.15s;
  }

  .switch .track::after {
    content: "";
    position: absolute;
    inset-block-start: 0.1875em;
    inset-inline-start: 0.1875em;
    width: 1.25em;
    height: 1.25em;
    border-radius: 50%;
    background: #fff;
    transition: inset-inline-start 0.15s;
  }

  .switch input:checked + .track {
    background: var(--loud);
  }

  .switch input:checked + .track::after {
    inset-inline-start: 1.4375em;
  }
`,dr,o`
  @container back-exercise (min-width: 480px) {
    .scale {
      grid-template-columns: repeat(11, 1fr);
    }

    .card {
      --ring: 148px;
      --count: 3rem;
      --name: 1.875rem;
    }
  }

  @container back-exercise (min-width: 760px) {
    .card {
      --text: 1.125rem;
      --small: 1rem;
      --title: clamp(1.5rem, 2.4cqi, 2.5rem);
      --name: clamp(2.25rem, 4.2cqi, 4.5rem);
      --ring: min(26cqi, 38vh);
      --count: calc(var(--ring) * 0.42);
      --press: 60px;
      --space: 20px;
    }

    .screen.session {
      display: grid;
      grid-template-columns: 1fr auto 1fr;
      grid-template-areas:
        "head head head"
        "stage stage stage"
        "sharp transport stop"
        "sound tools next";
      align-items: center;
      column-gap: calc(var(--space) * 2);
    }

    .screen.session .head {
      grid-area: head;
    }

    .screen.session > .state {
      grid-area: next;
      justify-self: end;
    }

    .screen.session > .state + .next {
      display: none;
    }

    .screen.session back-exercise-stage {
      grid-area: stage;
      grid-template-columns: 62fr 38fr;
      grid-template-areas:
        "names names"
        "figure ring";
    }

    .telling {
      display: contents;
    }

    .names {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      justify-content: space-between;
      grid-area: names;
      gap: 0 32px;
    }

    .figure {
      grid-area: figure;
    }

    .ring {
      grid-area: ring;
      justify-self: center;
    }

    .screen.session .next {
      grid-area: next;
      font-size: var(--text);
      text-align: end;
    }

    .place {
      gap: 4px 24px;
      margin: 0;
    }

    .part,
    .count span {
      font-size: var(--title);
    }

    .screen.session .transport {
      grid-area: transport;
    }

    .screen.session .tools {
      grid-area: tools;
    }

    .screen.session .sound {
      grid-area: sound;
    }

    .screen.session .emergency {
      display: contents;
    }

    .screen.session .emergency .button:first-child {
      grid-area: sharp;
    }

    .screen.session .emergency .button:last-child {
      grid-area: stop;
      justify-self: end;
      width: 75%;
    }

    .tools .button.tool {
      flex-direction: row;
      gap: 10px;
      padding: 0 20px;
      font-size: var(--text);
    }

    .screen.rest {
      display: grid;
      grid-template-columns: 3fr 2fr;
      gap: calc(var(--space) * 2);
      align-items: start;
    }

    .screen.rest .ask {
      grid-column: 1 / 3;
    }

    .ask.check-in {
      gap: calc(var(--space) * 1.25);
    }

    .ask.check-in .row {
      justify-content: center;
    }

    .ask.check-in .row > * {
      flex: 0 1 20em;
    }

    .doses li {
      grid-template-columns: 108px 1fr;
      column-gap: 24px;
    }

    .thumb {
      width: 108px;
    }

    .history {
      display: grid;
      grid-template-columns: 1fr 1fr;
      column-gap: calc(var(--space) * 2.5);
    }

    .history > :is(h2, details, button) {
      grid-column: 1 / 3;
    }

    .history > .sessions {
      grid-row: 2 / 4;
      grid-column: 2;
    }

    .history > .legend {
      align-self: start;
    }

    .chart svg {
      max-height: none;
    }
  }

  /* Read from two metres away */

  @container back-exercise (min-width: 760px) {
    .large {
      --text: clamp(1.25rem, 1.7cqi, 2rem);
      --small: clamp(1.125rem, 1.4cqi, 1.625rem);
      --press: clamp(60px, 4.6cqi, 92px);
    }

    .large.session {
      height: calc(100dvh - 96px);
      min-height: 560px;
    }

    .large .screen {
      flex: 1;
      min-height: 0;
    }

    .large .screen.session {
      grid-template-rows: auto minmax(0, 1fr) auto auto;
    }

    .large .screen.session back-exercise-stage {
      grid-template-rows: auto minmax(0, 1fr);
      height: 100%;
    }

    .large .figure {
      aspect-ratio: auto;
      height: 100%;
    }

    .large .icon {
      width: 1.4em;
      height: 1.4em;
    }

    .large .transport .button.round:nth-child(2) .icon {
      width: 2em;
      height: 2em;
    }
  }

  @container back-exercise (max-width: 759px) {
    .large {
      --text: 1.125rem;
      --small: 1rem;
      --name: 2rem;
      --count: 3.25rem;
      --ring: 140px;
      --press: 56px;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .ring.waits .run {
      animation: none;
    }

    .button,
    progress::-webkit-progress-value,
    .switch .track,
    .switch .track::after,
    summary::before {
      transition: none;
    }
  }
`],pr=async(e,{entity:t,language:n})=>{let{path:r}=await e.callWS({type:`${F}/sheet`,entity_id:t,language:n}),i=document.createElement(`a`);i.href=e.hassUrl(r),i.target=`_blank`,i.rel=`noopener noreferrer`,i.click()},mr=.5,hr=`data:audio/wav;base64,UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQIAAAAAAA==`,gr=[`playing`,`timeupdate`,`ended`],_r=class{constructor(e,t,n,r,i){this.player=e,this.now=t,this.urlOf=n,this.tell=r,this.changed=i,this.isBlocked=!1,this.sounding=null,this.correctedAt=0,this.isSeeking=!1,this.lag=0,this.noticed=({type:e})=>{let{sounding:t}=this;t&&(e===`timeupdate`?this.keepUp():e===`ended`?this.report(t,`stopped`):(this.learnLag(),this.report(t,`playing`)))};for(let t of gr)e.addEventListener(t,this.noticed)}follow(e){let t=this.sounding;e===null?this.silence():(this.sounding=e,t?.id===e.id?this.keepUp():this.begin(e))}unlock(){this.sounding?(this.goTo(this.due??0),this.play(this.sounding)):(this.player.src=hr,this.player.play().catch(()=>void 0))}close(){this.silence();for(let e of gr)this.player.removeEventListener(e,this.noticed)}silence(){this.sounding&&(clearTimeout(this.timer),this.player.pause(),this.report(this.sounding,`stopped`),this.sounding=null,this.player.removeAttribute(`src`),this.setBlocked(!1))}begin(e){clearTimeout(this.timer),this.player.src=this.urlOf(e.url),this.player.load();let t=this.due??0;t<0?this.timer=setTimeout(()=>void this.play(e),-t*1e3):(t>0&&this.goTo(t),this.play(e))}async play(e){try{await this.player.play(),this.setBlocked(!1)}catch(t){if(t.name!==`NotAllowedError`)return;this.report(e,`blocked`),this.setBlocked(!0)}}setBlocked(e){e!==this.isBlocked&&(this.isBlocked=e,this.changed())}get due(){let e=this.sounding?.begun_at??null;return e===null?null:(this.now()-$e(e))/1e3}learnLag(){let{due:e}=this;if(!this.isSeeking||e===null)return;this.isSeeking=!1;let t=this.lag+e-this.player.currentTime;this.lag=Math.min(mr,Math.max(0,t))}keepUp(){let{player:e,due:t}=this;t===null||e.paused||t<0||t>=e.duration||Math.abs(t-e.currentTime)<=.08||this.now()-this.correctedAt<1500||this.goTo(t)}goTo(e){this.correctedAt=this.now(),this.isSeeking=!0,this.player.currentTime=e+this.lag}report({id:e},t){this.tell({track:e,position:this.player.currentTime,state:t})}},vr=`https://github.com/back-exercise/back-exercise/blob/main/docs/guide/dashboard.md`,yr=`.transport button:nth-child(2), .scale button, .button.loud, h2[tabindex]`,br=null,xr=/* @__PURE__ */ new Map,Sr=class extends P{constructor(...e){super(...e),this.current=null,this.config=null,this.texts=null,this.language=null,this.seen=``,this.refusal=null,this.screen=null,this.pending=/* @__PURE__ */ new Set,this.draft={pain:null,question:``,answered:{pain:null,effort:null}},this.sound=null,this.link=new nt(()=>{this.told()}),this.pages=new rt(()=>{this.requestUpdate()}),this.act=async(e,t={})=>{let{current:n,texts:r}=this,{view:i}=this.link;if(!n||!r||!i||this.pending.has(e))return!1;this.pending.add(e);try{return await n.callService(F,e,t,{device_id:i.device_id},!1),this.refusal=null,!0}catch(e){return this.refusal=r.refusal(e),!1}finally{this.pending.delete(e),this.requestUpdate()}},this.listen=e=>{e?(localStorage.setItem(this.storageKey,`on`),this.unlock()):(localStorage.removeItem(this.storageKey),this.hush()),this.see(),this.requestUpdate()},this.unlock=()=>{this.isListening&&this.player().unlock()},this.hadFocus=!1}static{this.styles=fr}static{this.properties={preview:{type:Boolean}}}static getStubConfig(e,t){return Ye(e,t)}static async getConfigForm(){return br&&Ue(await Cr(br)),Qe(br)}setConfig(e){this.config=qe(e),this.see(),this.requestUpdate()}getCardSize(){return this.config?.show_history===!1?8:12}getGridOptions(){return Ze(this.config?.large??!1)}get hass(){return this.current}set hass(e){this.current=e,e&&(br=e,this.see())}connectedCallback(){super.connectedCallback(),this.see()}disconnectedCallback(){super.disconnectedCallback(),this.link.close(),this.hush(),this.seen=``}see(){let{current:e,config:t}=this;if(!e||!t||!this.isConnected)return;this.speak(e);let n=this.wish(e,t);this.link.see(e,n);let r=JSON.stringify([n,e.connected,e.states[t.entity]?.state]);r!==this.seen&&(this.seen=r,this.requestUpdate())}speak(e){if(e.language===this.language)return;let{language:t}=e;this.language=t,Cr(e).then(e=>{this.language===t&&(this.texts=e,Ue(e),this.requestUpdate())},()=>{this.language=null})}wish(e,t){return{entity:t.entity,language:e.language,listen:this.isListening}}told(){let{view:e}=this.link;e&&(e.session&&(this.draft.pain=null),this.play(e),this.readHistory(e)),this.requestUpdate()}readHistory(e){let{current:t,config:n}=this;t&&n?.show_history&&this.pages.see(t,this.wish(t,n),e.history_changed)}chooser(e,t){let n=t.device_id===null?null:Ie(e,t.device_id,`routine`);return n===null?null:t=>{e.callService(`select`,`select_option`,{option:t},{entity_id:n},!1).catch(e=>{this.refusal=this.texts?.refusal(e)??null,this.requestUpdate()})}}get storageKey(){return`${L}.sound.${this.config?.entity??``}`}get isListening(){if(this.preview||localStorage.getItem(this.storageKey)===null)return!1;let e=xr.get(this.storageKey);return e===void 0||e===this}player(){return xr.set(this.storageKey,this),this.sound??=new _r(new Audio,()=>this.link.clock.now(),e=>this.current?.hassUrl(e)??e,e=>{let{view:t}=this.link;t&&this.current?.connected&&this.current.callWS({type:`${F}/heard`,subscription:t.subscription,...e}).catch(()=>void 0)},()=>{this.requestUpdate()}),this.sound}play(e){this.isListening&&e.listening&&this.player().follow(e.sound)}hush(){this.sound&&(this.sound.close(),this.sound=null,xr.delete(this.storageKey))}render(){let{config:e,current:t,texts:n}=this,{view:r}=this.link;return E`<div
      class="card ${e?.large??!1?`large`:``} ${r?Q(r):``}"
      ?inert=${this.preview===!0}
    >
      ${t&&e&&n?this.content(t,e,n,r):k}
    </div>`}content(e,t,n,r){if(!r)return this.missing(e,t,n);let i=this.scene(e,t,n,r),a=r.session===null;return E`
      <div class="sr" role="status" aria-live="polite">${yn(r,n)}</div>
      ${e.connected?k:E`<p class="state">${n.card(`disconnected`)}</p>`}
      ${this.refused(n)}
      <div class="screen ${Q(r)}">${this.main(i)}</div>
      ${a&&t.show_history?mt(i):k}
    `}main(e){let{view:t}=e;switch(Q(t)){case`countdown`:return Hn(e);case`locked`:return Vn(e);case`rest`:return Bn(e);case`resume`:case`check_in`:case`session`:return this.going(e)}}going(e){let{view:t}=e,n=t.session;return n?({check_in:ir,resume:ar}[Q(t)]??$n)(e,n):E``}missing(e,t,n){let{refusal:r}=this.link,{entity:i}=t,a=n.card(`loading`);return r?a=n.refusal(r):e.connected?e.states[i]?Le(e,i)||(a=n.card(`unavailable`)):a=n.card(`not_found`,{entity:i}):a=n.card(`disconnected`),E`<p class="state missing" role="status">${a}</p>`}refused(e){return this.refusal===null?k:E`<p class="refused" role="alert">
      <span>${this.refusal}</span>
      <button
        type="button"
        class="button bare"
        aria-label=${e.card(`dismiss`)}
        @click=${()=>{this.refusal=null,this.requestUpdate()}}
      >
        ${ut(`close`)}
      </button>
    </p>`}scene(e,t,n,r){return{view:r,texts:n,config:t,clock:this.link.clock,pages:this.pages,canAct:r.may_control&&e.connected,draft:this.draft,act:this.act,chooseRoutine:this.chooser(e,r),listens:this.isListening,isBlocked:this.sound?.isBlocked??!1,listen:this.listen,unlock:this.unlock,older:()=>void this.pages.more(e,this.wish(e,t)),openSheet:()=>{pr(e,this.wish(e,t)).catch(e=>{this.refusal=n.refusal(e),this.requestUpdate()})},changed:()=>{this.requestUpdate()}}}willUpdate(){this.hadFocus=this.shadowRoot?.activeElement!=null}updated(){let{view:e}=this.link,t=e&&Q(e);t!==this.screen&&(this.screen=t,this.hadFocus&&!this.shadowRoot?.activeElement&&this.shadowRoot?.querySelector(yr)?.focus())}},Cr=async e=>new We(await Be(e,e.language),e.language,Ge(e));customElements.get(`back-exercise-card`)||(customElements.define(`back-exercise-left`,yt),customElements.define(`back-exercise-stage`,cr),customElements.define(L,Sr),(window.customCards??=[]).push({type:L,name:`Back Exercise`,get description(){return I(`description`)},preview:!0,documentationURL:vr,getEntitySuggestion:Xe}));export{Sr as BackExerciseCard};